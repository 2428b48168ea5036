import { listCatalogue } from "../../src/commands/providers.ts";
import type { ShownProvider } from "../../src/commands/providers.ts";
import type { Rotation } from "../../src/providers/provider.ts";
import { lifetimeWords, rotationLabel, rotationWords } from "../../src/report/rotation-words.ts";

const ROTATIONS: readonly Rotation[] = [
  { kind: "none" },
  { kind: "old_stays_valid" },
  { kind: "optional" },
  { kind: "single_use" },
  { kind: "grace", seconds: 60 },
  { kind: "unknown" },
];

/** What each rotation means, in the words of `providers show`. */
export function rotationsAsMarkdown(): string {
  const rows = ROTATIONS.map((rotation) => {
    const kind = rotation.kind === "unknown" ? "not declared" : `\`${rotation.kind}\``;
    const example = rotation.kind === "grace" ? " (here with `rotation_grace_seconds: 60`)" : "";
    return `- ${kind}${example}: ${rotationWords(rotation)}`;
  });
  return rows.join("\n");
}

/** The catalogue as a table; each id leads to where its entry is from. */
export function catalogueAsMarkdown(): string {
  const all = listCatalogue();
  return [
    "| id | rotation | reuse | access token | refresh token | unused | loopback | status | unknown |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...all.map((shown) => `| ${rowOf(shown).map(cell).join(" | ")} |`),
  ].join("\n");
}

/** Where each entry is from, and what nobody tells. */
export function sourcesAsMarkdown(): string {
  return listCatalogue().map(sourcesOf).join("\n\n");
}

function rowOf(shown: ShownProvider): readonly string[] {
  const { entry, provider } = shown;
  const { reuse, answer } = provider;
  const known = (field: string, value: string | undefined): string =>
    value ?? (entry.none.includes(field) ? "-" : "?");
  const seconds = (field: string, value: number | undefined): string =>
    known(field, value === undefined ? undefined : lifetimeWords(value));
  return [
    `[${entry.id}](catalogue.md#${entry.id})`,
    rotationLabel(provider),
    known("reuse", reuse === "unknown" ? undefined : reuse),
    answer.expiry === "never" ? "no end" : seconds("access_token_lifetime_seconds", answer.lifetimeSeconds),
    seconds("refresh_token_lifetime_seconds", provider.refreshTokenLifetimeSeconds),
    seconds("refresh_token_idle_seconds", provider.refreshTokenIdleSeconds),
    known("loopback_redirect", provider.loopback === "unknown" ? undefined : provider.loopback),
    entry.status === "active" ? "" : entry.status.replaceAll("_", " "),
    String(entry.unknown.length),
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function sourcesOf({ entry }: ShownProvider): string {
  const sources = entry.sources.map(
    ({ what, read, for: fields }) => `- ${plain(what)} (read ${read}): ${fields.map(code).join(", ")}`,
  );
  const list = (label: string, fields: readonly string[]): readonly string[] =>
    fields.length === 0 ? [] : [`- ${label}: ${fields.map(code).join(", ")}`];
  return [
    `## ${entry.id}`,
    "",
    `${plain(entry.name)}, <${entry.docs}>`,
    "",
    ...sources,
    ...list("told to have no", entry.none),
    ...list("not known", entry.unknown),
  ].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Addresses become links; what Markdown would act upon is told apart. */
function plain(text: string): string {
  return text
    .replaceAll(/[*_<>[\]]/g, (mark) => `\\${mark}`)
    .replaceAll(/https:\/\/[^\s,;)]+/g, (url) => `<${url.replaceAll("\\", "")}>`);
}
