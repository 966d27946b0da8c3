// What the server's refusals (problem+json) become in the interface.

export type FieldProblem = {
  field: string;
  message: string;
  code?: string;
  /** Of a finding in a scenario: its node, and its path in the document. */
  node_id?: number | null;
  path?: string | null;
};

type ProblemBody = {
  title?: string;
  detail?: string;
  code?: string;
  errors?: FieldProblem[];
  request_id?: string;
  /** The stored revision that refused a stale write. */
  rev?: number;
};

/** A refused or failed call. `status` 0 means the server was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  readonly requestId: string | null;
  /** Seconds to wait, from Retry-After. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    body: ProblemBody,
    header: { requestId?: string | null; retryAfter?: string | null } = {},
  ) {
    super(body.detail || body.title || body.code || String(status));
    this.name = "ApiError";
    this.status = status;
    this.code = body.code ?? (status === 0 ? "offline" : "unknown");
    this.errors = body.errors ?? [];
    this.requestId = body.request_id ?? header.requestId ?? null;
    const seconds = Number.parseInt(header.retryAfter ?? "", 10);
    this.retryAfter = Number.isNaN(seconds) ? null : seconds;
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** The first message of each field, by its JSON path ("url", "events[0]"). */
  get fields(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const { field, message } of this.errors) found[field] ??= message;
    return found;
  }
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && ("code" in body || "title" in body);
}

export function problemOf(response: Response, body: unknown): ApiError {
  return new ApiError(response.status, isProblem(body) ? body : {}, {
    requestId: response.headers.get("X-Request-Id"),
    retryAfter: response.headers.get("Retry-After"),
  });
}

/** Worth another try: the network, an overload, a restart; never a refusal. */
export function isTemporary(error: unknown): boolean {
  return error instanceof ApiError && (error.isOffline || error.status >= 500);
}
