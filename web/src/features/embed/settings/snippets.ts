// Code to copy into a CRM, made for this instance.

export function scriptSnippet(engine: string): string {
  return `<div id="operator-panel"></div>
<script src="${engine}/embed/operator-panel.js"></script>
<script>
  const panel = OperatorPanel.init({
    container: "#operator-panel",
    getToken: () => fetch("/operator-token").then((answer) => answer.text()),
    context: { phone: "380501112233" },
    view: "chat",
    height: 640,
  });
  panel.on("new_message", ({ chat_id, unread }) => console.log(chat_id, unread));
</script>`;
}

export function frameSnippet(engine: string, origin: string): string {
  const address = `${engine}/embed/operator-panel?view=list&theme=light&lang=en&origin=${origin}`;
  return `<iframe src="${address}"
        width="400" height="640" style="border:0" allow="clipboard-write"></iframe>`;
}

export function tokenSnippet(engine: string, origin: string): string {
  return `curl -X POST ${engine}/api/v1/embed/tokens \\
  -H "Authorization: Api-Key $KEY" -H "Content-Type: application/json" \\
  -d '{"user_email": "operator@example.com", "origin": "${origin}",
       "context": {"phone": "380501112233"}}'`;
}

/** The function of Zoho CRM that its widget asks for tokens; the key stays with it. */
export function zohoFunction(engine: string): string {
  return `string connective_token(string origin)
{
  asked = Map();
  asked.put("user_email", zoho.loginuserid);
  asked.put("origin", origin);
  headers = Map();
  headers.put("Authorization", "Api-Key YOUR_KEY");
  headers.put("Content-Type", "application/json");
  given = invokeurl
  [
    url: "${engine}/api/v1/embed/tokens"
    type: POST
    parameters: asked.toString()
    headers: headers
  ];
  return given.get("token");
}`;
}
