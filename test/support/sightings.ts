import type { ServerHandler } from "../../src/http-server.ts";

const IN_FORMS = ["client_secret", "refresh_token", "code", "code_verifier", "device_code"];
const IN_ANSWERS = ["access_token", "refresh_token", "id_token", "device_code"];

/** Every secret that went to or came from an authorization server, so that a test can look for it where it must not be. */
export class Sightings {
  readonly #secrets = new Set<string>();

  add(...secrets: readonly string[]): void {
    for (const secret of secrets) if (secret !== "") this.#secrets.add(secret);
  }

  all(): readonly string[] {
    return [...this.#secrets];
  }

  /** A handler that notes the secrets of each exchange; of answers that are lost on the way, too. */
  watching(handler: ServerHandler): ServerHandler {
    return async (request) => {
      const form = new URLSearchParams(await request.clone().text());
      this.add(...IN_FORMS.map((name) => form.get(name) ?? ""));
      const served = await handler(request);
      const answer = readObject(await served.response.clone().text());
      this.add(...IN_ANSWERS.map((name) => (typeof answer[name] === "string" ? answer[name] : "")));
      return served;
    };
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
