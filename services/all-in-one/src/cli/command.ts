import type { ParseArgsOptionsConfig } from 'node:util';

export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface Invocation {
  readonly folder: string;
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  /** True when a program reads the output. */
  readonly json: boolean;
}

/** One command of the CLI; a row of the table in `cli.ts`. */
export interface CliCommand {
  /** As it is typed, such as `tenant add`. */
  readonly name: string;
  /** What must follow, for the usage line. */
  readonly positionals: readonly string[];
  readonly options: ParseArgsOptionsConfig;
  readonly summary: string;
  /** The result is shown; an exit code other than 0 may come with it. */
  run(invocation: Invocation): Promise<CommandOutput>;
}

export interface CommandOutput {
  readonly value: unknown;
  /** What a person reads in place of the JSON. */
  readonly text: string;
  readonly exitCode?: number;
}

/** The command line is wrong; the message says how it should be. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

export const texts = (options: OptionValues, name: string): readonly string[] =>
  (options[name] as string[] | undefined) ?? [];

export const text = (options: OptionValues, name: string): string | undefined => options[name] as string | undefined;

/** `{name: value}` unless the value is missing. */
export const optional = <Value>(name: string, value: Value | undefined): Readonly<Record<string, Value>> =>
  value === undefined ? {} : { [name]: value };
