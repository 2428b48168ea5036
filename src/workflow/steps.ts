import { environmentOf, INPUTS } from "./env.ts";
import { isDevice } from "./source.ts";
import type { JobSource } from "./source.ts";
import { indented } from "./yaml.ts";

/** An action by the commit of a release: a tag can be moved. */
const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const UPLOAD_ARTIFACT = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0";

/** Well inside the job's `timeout-minutes`, which ends what it meets. */
const DEADLINE = '--environment "$SEALRING_ENVIRONMENT" --deadline 30m';

/** The lines under `steps` of a job. */
export function steps(source: JobSource): readonly string[] {
  return [
    `- uses: ${CHECKOUT}`,
    "  with:",
    "    persist-credentials: false",
    `- uses: ${source.project.action} # puts \`sealring\` on the PATH`,
    ...refreshStep(source),
    ...(source.credentials.some(isDevice) ? deviceSteps(source) : []),
    ...recoverStep(source),
    ...uploadStep(),
  ];
}

/** Of a person who asks for what none of these credentials can do. */
const NO_DEVICE = "the workflow authorizes device grants only: run sealring authorize on your own machine";

function refreshStep(source: JobSource): readonly string[] {
  const authorizes = source.credentials.some(isDevice);
  return [
    "- name: Refresh what is due",
    ...(authorizes ? ["  if: inputs.command != 'authorize'"] : []),
    "  run: | # exec: sealring itself hears the runner's signals",
    '    case "$SEALRING_COMMAND" in',
    ...(source.device === "offered" && !authorizes
      ? [`      authorize) echo "::error::${NO_DEVICE}"; exit 2 ;;`]
      : []),
    `      recover) exec sealring recover ${DEADLINE} ;;`,
    '      revoke) exec sealring revoke -- "$SEALRING_NAME" ;;',
    '      "refresh --probe") set -- --probe ;;',
    "    esac",
    '    if [ "$SEALRING_FORCE" = true ]; then set -- "$@" --force; fi',
    '    if [ -n "$SEALRING_NAME" ]; then set -- "$@" -- "$SEALRING_NAME"; fi',
    `    exec sealring refresh ${DEADLINE} "$@"`,
    "  env:",
    ...indented([...INPUTS, ...environmentOf(source, source.credentials)], 4),
  ];
}

/** Two steps, because what a step writes for people shows only when it has ended. */
function deviceSteps(source: JobSource): readonly string[] {
  const environment = [
    ...environmentOf(source, source.credentials.filter(isDevice)),
    // An App's tokens are others in each step.
    ...(source.project.app === undefined
      ? []
      : ["GITHUB_TOKEN: ${{ github.token }} # seals what the first step leaves for the second"]),
  ];
  const step = (name: string, words: string): readonly string[] => [
    `- name: ${name}`,
    "  if: inputs.command == 'authorize'",
    `  run: exec sealring authorize --flow device ${words} -- "$SEALRING_NAME"`,
    "  env:",
    ...indented(["SEALRING_NAME: ${{ inputs.credential }}", ...environment], 4),
  ];
  return [
    ...step("Ask for a user code, which the summary shows", "--part request"),
    ...step("Wait for the person", "--part finish"),
  ];
}

function recoverStep(source: JobSource): readonly string[] {
  return [
    "- name: Settle what was not finished",
    "  if: always() && job.status != 'success'",
    '  run: exec sealring recover --environment "$SEALRING_ENVIRONMENT" --deadline 5m',
    "  env:",
    ...indented(environmentOf(source, source.credentials), 4),
  ];
}

function uploadStep(): readonly string[] {
  return [
    "- name: Keep sealed boxes, which only GitHub can open",
    "  if: always()",
    `  uses: ${UPLOAD_ARTIFACT}`,
    "  with:",
    "    name: sealring-boxes-${{ github.run_attempt }}-${{ job.check_run_id || github.job }}",
    "    path: ${{ runner.temp }}/sealring-boxes",
    "    overwrite: true",
    "    if-no-files-found: ignore",
  ];
}
