import { type ServiceOptions, standardSeed } from '../../support/running-service.js';
import type { Profile } from './dialogue.js';

/** The accounts of all dialogues, in a tenant with the profile that a dialogue names. */
export const accountsIn = (profile: Profile): ServiceOptions =>
  profile === 'standard' ? {} : { seed: standardSeed.replace('profile: standard', `profile: ${profile}`) };
