import { accept, type Command, type Decision, type HomeCommandBody, type HomeEvent, reject } from '@almanac/contracts';

/** A home is there once its user is; the calendar service owns it (design 2). */
export interface HomeState {
  readonly exists: boolean;
}

export function decideHome(state: HomeState, { body }: Command<HomeCommandBody>): Decision<HomeEvent> {
  switch (body.type) {
    case 'CreateHome': {
      if (state.exists) return accept([]);
      const { defaultCalendar, defaultTasks } = body;
      return accept([{ type: 'HomeCreated', schema: 1, defaultCalendar, defaultTasks }], { created: true });
    }
    case 'ChangeHomeProperties': {
      if (!state.exists) return reject({ code: 'home-missing', detail: 'There is no calendar home at this URL.' });
      const { set, removed } = body;
      return accept([{ type: 'HomePropertiesChanged', schema: 1, set, removed }]);
    }
    case 'RemoveHome':
      return accept(state.exists ? [{ type: 'HomeRemoved', schema: 1 }] : []);
  }
}

export function evolveHome(state: HomeState, event: HomeEvent): HomeState {
  switch (event.type) {
    case 'HomeCreated':
      return { exists: true };
    case 'HomeRemoved':
      return { exists: false };
    case 'HomePropertiesChanged':
      return state;
  }
}
