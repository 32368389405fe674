import type { Catalogue } from '../api/catalogue';
import type { Field } from '../api/contract';
import type { DraftLine } from './draft';

/** What draws the lines of one field in a form. */
export interface LineInputProps {
  label: string;
  fields: Field[];
  lines: DraftLine[];
  onChange: (lines: DraftLine[]) => void;
}

/** A line's field as it is to be entered in this line: with choices that depend on what else the line says. */
export type LineFieldOf = (catalogue: Catalogue, field: Field, line: DraftLine) => Field;
