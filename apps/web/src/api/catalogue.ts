import { createContext, useContext } from 'react';
import type { CardSlot, CatalogueDocument, Entity, Field, Module, Page, PanelSlot, Report, State, Transition, Value } from './contract';
import { isReference } from './contract';

/** The catalogue with its names looked up: what this server can do, for this user. */
export class Catalogue {
  readonly document: CatalogueDocument;
  private readonly entitiesByName: Map<string, Entity>;
  private readonly entitiesByPath: Map<string, Entity>;
  private readonly reportsByName: Map<string, Report>;
  private readonly pagesByPath: Map<string, Page>;

  constructor(document: CatalogueDocument) {
    this.document = document;
    this.entitiesByName = new Map(document.entities.map((entity) => [entity.name, entity]));
    this.entitiesByPath = new Map(document.entities.map((entity) => [entity.path, entity]));
    this.reportsByName = new Map(document.reports.map((report) => [report.name, report]));
    this.pagesByPath = new Map(document.pages.map((page) => [page.path, page]));
  }

  entity(name: string | null | undefined): Entity | undefined {
    return name ? this.entitiesByName.get(name) : undefined;
  }

  entityAt(path: string): Entity | undefined {
    return this.entitiesByPath.get(path);
  }

  report(name: string): Report | undefined {
    return this.reportsByName.get(name);
  }

  /** The reports that people choose: pages ask the others. */
  get reportsInMenu(): Report[] {
    return this.document.reports.filter((report) => report.in_menu !== false);
  }

  pageAt(path: string): Page | undefined {
    return this.pagesByPath.get(path);
  }

  pageOf(report: string): Page | undefined {
    return this.document.pages.find((page) => page.report === report && !isDeclared(page));
  }

  /** The pages of a module that are drawn from views. */
  declaredPagesOf(module: string): Page[] {
    return this.document.pages.filter((page) => isDeclared(page) && (page.module ?? page.path.split('/')[0]) === module);
  }

  panelsOf(entity: Entity): PanelSlot[] {
    return this.document.panels?.filter((panel) => panel.entity === entity.name) ?? [];
  }

  get cards(): CardSlot[] {
    return this.document.cards ?? [];
  }

  module(name: string): Module {
    return this.document.modules.find((module) => module.name === name) ?? { name, title: name };
  }

  /** A line has no files of its own: they belong to its document. */
  keepsFilesOf(entity: Entity): boolean {
    const isLine = (field: Field) => field.kind === 'lines' && field.entity === entity.name;
    return entity.attachable !== undefined && !this.document.entities.some((other) => other.fields.some(isLine));
  }

  get company(): CatalogueDocument['company'] {
    return this.document.company;
  }

  get today(): string {
    return this.document.today;
  }
}

export const CatalogueContext = createContext<Catalogue | null>(null);

export function useCatalogue(): Catalogue {
  const catalogue = useContext(CatalogueContext);
  if (!catalogue) throw new Error('useCatalogue needs a catalogue around it.');
  return catalogue;
}

export function isDeclared(page: Page): boolean {
  return (page.views?.length ?? 0) > 0;
}

export function fieldNamed(entity: Entity, name: string): Field | undefined {
  return entity.fields.find((field) => field.name === name);
}

export function stateOf(entity: Entity, name: unknown): State | undefined {
  return entity.workflow?.states.find((state) => state.name === name);
}

/** The states from which a document still goes on to a later one, other than by being cancelled: what counts as open work. */
export function openStates(entity: Entity): State[] {
  const workflow = entity.workflow;
  if (!workflow) return [];
  const place = (name: string) => workflow.states.findIndex((state) => state.name === name);
  const onward = workflow.transitions.filter((transition) => !isDestructive(transition));
  return workflow.states.filter((state, index) => onward.some((transition) => transition.from.includes(state.name) && place(transition.to) > index));
}

export function transitionsFrom(entity: Entity, state: unknown): Transition[] {
  return entity.workflow?.transitions.filter((transition) => transition.from.includes(String(state))) ?? [];
}

const destructiveNames = /^(cancel|reject|void|reverse|refuse|delete|discard|abandon|write_off|scrap)/;

export function isDestructive(transition: Transition): boolean {
  return transition.destructive ?? destructiveNames.test(transition.name);
}

export function labelOf(value: Value | undefined): string {
  if (value === null || value === undefined || Array.isArray(value)) return '';
  return isReference(value) ? value.label : String(value);
}
