/** Identifiers are branded, so that a tenant is never passed where a home is meant. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type TenantId = Branded<'TenantId'>;
/** A user, group or resource; unique in its tenant across the three kinds (design 3). */
export type PrincipalId = Branded<'PrincipalId'>;
/** The last part of a collection's URL: permanent, chosen by the client or a UUID. */
export type Segment = Branded<'Segment'>;
export type StreamName = Branded<'StreamName'>;
export type CommandId = Branded<'CommandId'>;

export const tenantId = (value: string): TenantId => value as TenantId;
export const principalId = (value: string): PrincipalId => value as PrincipalId;
export const segment = (value: string): Segment => value as Segment;
export const commandId = (value: string): CommandId => value as CommandId;
export const streamName = (value: string): StreamName => value as StreamName;
