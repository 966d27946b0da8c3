// Finds a node by its number, name, kind or anything in its options.
import { Combobox, Highlight, TextInput, useCombobox } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { isKind, kindOf } from "../canvas/kinds";
import type { Graph, GraphNode } from "../graph/document";
import { previewOf, searchTextOf } from "../graph/preview";
import classes from "./NodeSearch.module.css";

const most = 12;

type Props = { graph: Graph; language: string; onFind: (node: GraphNode) => void };

export function NodeSearch({ graph, language, onFind }: Props) {
  const { t } = useTranslation("scenario");
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  useHotkey("Slash", t("search.label"), () => input.current?.focus());
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    return graph.nodes
      .filter((node) => words.every((word) => searchTextOf(node).includes(word)))
      .slice(0, most);
  }, [graph.nodes, text]);

  const choose = (id: string) => {
    const node = graph.nodes.find((one) => String(one.id) === id);
    combobox.closeDropdown();
    setText("");
    if (node) onFind(node);
  };

  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={320} position="bottom-end">
      <Combobox.Target>
        <TextInput
          ref={input}
          className={classes.input}
          aria-label={t("search.label")}
          placeholder={t("search.label")}
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === ""}>
        <Combobox.Options>
          {found.map((node) => (
            <Combobox.Option key={node.id} value={String(node.id)}>
              <span className={classes.option}>
                <Icon name={kindOf(node.type).icon} size={14} />
                <span className={classes.text}>
                  <Highlight highlight={text.trim()} component="span">
                    {`${node.name || (isKind(node.type) ? t(`kinds.${node.type}`) : node.type)} #${node.id}`}
                  </Highlight>
                  <small>{previewOf(node, language)}</small>
                </span>
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t("search.nothing")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
