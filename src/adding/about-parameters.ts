import type { ProviderParameter } from "../providers/template.ts";
import type { Interview, Topic } from "./interview.ts";
import { isNeeded, parametersOf } from "./subject.ts";
import type { Told } from "./told.ts";

/** The provider's parameters, such as a tenant: from a list where their values are known. A default is not written down. */
export const askParameters: Topic = async (interview, told) => {
  let all = told;
  for (const [name, parameter] of Object.entries(parametersOf(interview.subject))) {
    const { parameters = {} } = all;
    if (Object.hasOwn(parameters, name)) continue;
    all = await askParameter(interview, { all, name, parameter });
  }
  return all;
};

interface Asked {
  readonly all: Told;
  readonly name: string;
  readonly parameter: ProviderParameter;
}

async function askParameter(interview: Interview, asked: Asked): Promise<Told> {
  const { all, name, parameter } = asked;
  const tell = (value: string): Told =>
    value === "" || value === parameter.default
      ? all
      : { ...all, parameters: { ...all.parameters, [name]: value } };
  const { description, values, default: fallback = "" } = parameter;
  const enter = parameter.optional === true ? "leaves it out" : fallback;
  if (values !== undefined)
    return tell(await interview.prompt.select(description, choicesOf(parameter, values)));
  const judge = (typed: string) =>
    typed === "" && isNeeded(parameter)
      ? "the provider needs it"
      : interview.faultOf("provider_parameters", tell(typed));
  const question = enter === "" ? description : `${description} (Enter: ${enter})`;
  return tell(await interview.prompt.field({ question, fallback, judge }));
}

/** The default first; an empty one leaves an optional parameter out. */
function choicesOf(parameter: ProviderParameter, values: NonNullable<ProviderParameter["values"]>) {
  const choices = Object.entries(values).map(([value, label]) => ({ value, label, hint: value }));
  const none = parameter.optional === true ? [{ value: "", label: "leave it out" }] : [];
  const isDefault = ({ value }: { readonly value: string }) => value === parameter.default;
  return [...choices.filter(isDefault), ...none, ...choices.filter((choice) => !isDefault(choice))];
}
