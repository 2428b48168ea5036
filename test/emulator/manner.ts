/** What differs between servers and has no key in a declaration, because a client has to take all of it. */
export interface Manner {
  /** `form`: token answers are forms, unless the request accepts JSON alone. */
  readonly answers: "json" | "form_unless_asked";
  /** undefined: left out, against RFC 6749 §5.1. */
  readonly tokenType: string | undefined;
  readonly scope: "text" | "list" | "left_out";
  /** What a refresh says of a refresh token that stays. */
  readonly unchangedRefreshToken: "left_out" | "repeated";
  readonly expiry: "told" | "told_as_text" | "left_out";
  readonly expiresAt: "seconds" | "rfc3339";
  /** Of an error of the token endpoint, where the declaration does not say. */
  readonly errorStatus: 200 | 400;
  /** Of a device authorization (RFC 8628 §3.2). */
  readonly interval: "told" | "left_out";
}

export const USUAL: Manner = {
  answers: "json",
  tokenType: "Bearer",
  scope: "text",
  unchangedRefreshToken: "left_out",
  expiry: "told",
  expiresAt: "seconds",
  errorStatus: 400,
  interval: "told",
};

/** What is known of single providers beyond their declarations. */
const KNOWN: Readonly<Record<string, Partial<Manner>>> = {
  asana: { tokenType: "bearer" },
  bitbucket: { tokenType: "bearer", scope: "left_out" },
  "github-app": { answers: "form_unless_asked", tokenType: "bearer", errorStatus: 200 },
  mailchimp: { tokenType: undefined, scope: "left_out" },
  monday: { expiry: "left_out" },
  netatmo: { tokenType: undefined, scope: "list" },
  notion: { tokenType: "bearer", expiry: "left_out", scope: "left_out" },
  oura: { tokenType: "bearer" },
  salesforce: { expiry: "left_out" },
  square: {
    tokenType: "bearer",
    expiry: "left_out",
    expiresAt: "rfc3339",
    unchangedRefreshToken: "repeated",
  },
  "stripe-connect": { tokenType: "bearer", expiry: "left_out" },
  twitch: { tokenType: "bearer", scope: "list", unchangedRefreshToken: "repeated" },
};

export function mannerOf(id: string): Manner {
  return { ...USUAL, ...KNOWN[id] };
}
