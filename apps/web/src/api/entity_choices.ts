import type { Catalogue } from './catalogue';
import type { Choice, Entity } from './contract';

/** Entities to choose among, those of the modules that are built on others first. */
export function entityChoices(catalogue: Catalogue, isOffered: (entity: Entity) => boolean): Choice[] {
  const { modules, entities } = catalogue.document;
  const order = new Map([...modules].reverse().map((module, index) => [module.name, index]));
  return entities
    .filter(isOffered)
    .sort((left, right) => (order.get(left.module) ?? 99) - (order.get(right.module) ?? 99))
    .map((entity) => ({ value: entity.name, label: `${catalogue.module(entity.module).title}: ${entity.plural.toLowerCase()}` }));
}
