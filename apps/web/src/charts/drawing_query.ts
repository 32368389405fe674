import { queryOptions } from '@tanstack/react-query';

/** The code that draws large charts. A page that is going to have one asks for it beside its figures. */
export const drawingQuery = queryOptions({
  queryKey: ['code', 'drawing'],
  queryFn: () => import('./echarts_drawing'),
  staleTime: Infinity,
  gcTime: Infinity,
  structuralSharing: false,
});
