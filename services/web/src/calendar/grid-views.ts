/** The views of the calendar, by the names that the grid component has for them. */
export const gridViews = {
  month: 'dayGridMonth',
  week: 'timeGridWeek',
  day: 'timeGridDay',
  agenda: 'listMonth',
} as const;

export type GridView = keyof typeof gridViews;
export const viewNames = Object.keys(gridViews) as GridView[];
