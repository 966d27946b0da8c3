// Uploads one file and tells how far it is.
import { authorization } from "@/api/bearer";
import { ApiError, problemOf } from "@/api/problem";
import { sessionAgain } from "@/api/session";
import { currentLanguage } from "@/i18n";

type Uploaded = { public_id: string; name: string; mime: string; size: number; url: string };

type Options = { onProgress: (share: number) => void; signal: AbortSignal };

function responseOf(call: XMLHttpRequest): Response {
  return new Response(call.responseText, {
    status: call.status,
    headers: { "X-Request-Id": call.getResponseHeader("X-Request-Id") ?? "" },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** fetch() does not tell the progress of what it sends. */
function post(file: File, { onProgress, signal }: Options): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", "/api/v1/files");
    call.setRequestHeader("Accept-Language", currentLanguage());
    for (const [name, value] of Object.entries(authorization())) {
      call.setRequestHeader(name, value);
    }
    call.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    call.onerror = () => reject(new ApiError(0, {}));
    call.onabort = () => reject(new DOMException("aborted", "AbortError"));
    call.onload = () => {
      const body = parsed(call.responseText);
      if (call.status === 201) resolve(body as Uploaded);
      else reject(problemOf(responseOf(call), body));
    };
    signal.addEventListener("abort", () => call.abort());
    const form = new FormData();
    form.append("file", file);
    call.send(form);
  });
}

export async function upload(file: File, options: Options): Promise<Uploaded> {
  try {
    return await post(file, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "unauthorized") throw error;
    await sessionAgain();
    return post(file, options);
  }
}
