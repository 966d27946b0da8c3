// A short soft sound of two tones, made here: no file has to be fetched for it.
let context: AudioContext | undefined;

const tones = [660, 880];
const toneS = 0.14;
const loudness = 0.06;

/** Browsers let a page sound only after its first click or key; until then it stays silent. */
export async function chime(): Promise<void> {
  context ??= new AudioContext();
  if (context.state === "suspended") await context.resume();
  const start = context.currentTime;
  tones.forEach((frequency, index) => {
    if (!context) return;
    const at = start + index * toneS;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + toneS);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + toneS);
  });
}
