import type { Asker } from "./limits.ts";
import type { Credentials } from "./operation.ts";
import { isPersonal } from "./permissions.ts";

/** As whom a call is counted. */
export function askerOf(credentials: Credentials): Asker {
  switch (credentials.kind) {
    case "token": {
      const { token } = credentials;
      if (token.kind === "actions") return { kind: "actions", key: token.limitKey };
      return { kind: isPersonal(token) ? "person" : "installation", key: token.limitKey };
    }
    case "app":
      return { kind: "installation", key: `app:${String(credentials.app.id)}` };
    case "none":
    case "bad":
      return { kind: "anonymous", key: "anonymous" };
  }
}
