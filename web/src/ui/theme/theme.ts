// The look as Mantine's theme: neutral greys, one petrol accent, 13 px text, an 8 px grid.
import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef7f9",
  "#d9edf1",
  "#b3dbe3",
  "#86c5d1",
  "#55b0c0",
  "#2f95a7",
  "#167f92",
  "#0b6e7f",
  "#095b69",
  "#064651",
];

const gray: MantineColorsTuple = [
  "#f8f8f7",
  "#f2f2f0",
  "#e7e7e4",
  "#dbdbd7",
  "#c6c7c3",
  "#9b9d9c",
  "#6c6f73",
  "#54575c",
  "#37393d",
  "#1c1d20",
];

const dark: MantineColorsTuple = [
  "#e9e9ea",
  "#c4c6c9",
  "#a5a8ad",
  "#8b8f95",
  "#4a4d53",
  "#37393e",
  "#2b2d31",
  "#18191b",
  "#131416",
  "#0e0f10",
];

const control = { "--input-height": "var(--control-h)", "--input-fz": "13px" };

const red: MantineColorsTuple = [
  "#fdeceb",
  "#fbd9d6",
  "#f7b4ae",
  "#f3958d",
  "#f28b82",
  "#e06055",
  "#cc3a2d",
  "#b42318",
  "#971c13",
  "#78150e",
];

const yellow: MantineColorsTuple = [
  "#fef8ea",
  "#fdf2dc",
  "#f8e2b4",
  "#f1cc82",
  "#e9b45b",
  "#cf9430",
  "#ad7412",
  "#8a5a00",
  "#734b00",
  "#5c3c00",
];

// Mantine judges the contrast of filled buttons by the light theme's shade in both themes.
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  // Red words on a hovered ground have to be read in both themes.
  const soft = input.variant === "light" || input.variant === "subtle";
  if (soft && input.color === "red") return { ...colors, color: "var(--c-bad)" };
  return input.variant === "filled" ? { ...colors, color: "var(--c-on-filled)" } : colors;
};

export const theme = createTheme({
  variantColorResolver,
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { accent, gray, dark, red, yellow },
  white: "#ffffff",
  black: "#1c1d20",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "1.3" },
      h2: { fontSize: "16px", lineHeight: "1.4" },
      h3: { fontSize: "14px", lineHeight: "1.4" },
    },
  },
  components: {
    Button: {
      defaultProps: { size: "sm" },
      vars: () => ({
        root: {
          "--button-height": "var(--control-h)",
          "--button-fz": "13px",
          "--button-padding-x": "12px",
        },
      }),
    },
    Input: { vars: () => ({ wrapper: control }) },
    InputWrapper: {
      vars: () => ({
        label: { "--input-label-size": "13px" },
        error: { "--input-error-size": "12px" },
        description: { "--input-description-size": "12px" },
      }),
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "md" } },
    Modal: {
      defaultProps: { centered: true, radius: "md", padding: "lg" },
      styles: { title: { fontSize: 15, fontWeight: 600 } },
    },
    Drawer: { defaultProps: { position: "right", padding: "lg" } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false, multiline: true, maw: 320 } },
    Menu: { defaultProps: { shadow: "md", position: "bottom-end", withinPortal: true } },
    Switch: { defaultProps: { size: "sm", withThumbIndicator: false } },
    Checkbox: { defaultProps: { size: "sm" } },
    Tabs: {
      defaultProps: { keepMounted: false },
      styles: {
        root: { "--tabs-list-border-width": "1px" },
        list: { flexWrap: "nowrap", overflowX: "auto", overflowY: "hidden" },
        tab: { paddingInline: 12, flex: "none" },
      },
    },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: "right" } },
    // In a column that scrolls, a warning keeps its height.
    Alert: { defaultProps: { radius: "md", flex: "none" } },
  },
});
