// What the address says of the page, and whose scenario is open.

export type ScenarioSearch = {
  tab?: string;
  section?: string;
  node?: string;
  version?: string;
};

export type View = {
  search: ScenarioSearch;
  onSearch: (change: ScenarioSearch) => void;
};

export type EditorBot = { id: number; name: string; languages: string[] };
