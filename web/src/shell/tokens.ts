/** Cloudscape's design tokens under names of our own, for the style sheets of what Cloudscape has no component for. */

import * as tokens from "@cloudscape-design/design-tokens";

const NAMES: Readonly<Record<string, string>> = {
  "--page": tokens.colorBackgroundLayoutMain,
  "--surface": tokens.colorBackgroundContainerContent,
  "--line": tokens.colorBorderDividerDefault,
  "--line-soft": tokens.colorBorderDividerSecondary,
  "--text": tokens.colorTextBodyDefault,
  "--text-soft": tokens.colorTextBodySecondary,
  "--heading": tokens.colorTextHeadingDefault,
  "--accent": tokens.colorTextAccent,
  "--focus": tokens.colorBorderItemFocused,
  "--bubble-customer": tokens.colorBackgroundChatBubbleIncoming,
  "--warn": tokens.colorTextStatusWarning,
  "--warn-back": tokens.colorBackgroundStatusWarning,
  "--warn-line": tokens.colorBorderStatusWarning,
  "--info": tokens.colorTextStatusInfo,
  "--info-back": tokens.colorBackgroundStatusInfo,
  "--bad": tokens.colorTextStatusError,
  "--bad-back": tokens.colorBackgroundStatusError,
  "--bad-line": tokens.colorBorderStatusError,
  "--selected": tokens.colorBackgroundItemSelected,
  "--selected-line": tokens.colorBorderItemSelected,
  "--hover": tokens.colorBackgroundDropdownItemHover,
  "--good": tokens.colorTextStatusSuccess,
  "--bar": tokens.colorChartsPaletteCategorical1,
  "--bar-2": tokens.colorChartsPaletteCategorical2,
  "--knowledge": tokens.colorChartsPurple600,
  "--font": tokens.fontFamilyBase,
  "--mono": tokens.fontFamilyMonospace,
  "--size-s": tokens.fontSizeBodyS,
  "--size-m": tokens.fontSizeBodyM,
  "--radius": tokens.borderRadiusChatBubble,
  "--xxs": tokens.spaceStaticXxs,
  "--xs": tokens.spaceStaticXs,
  "--s": tokens.spaceStaticS,
  "--m": tokens.spaceStaticM,
  "--l": tokens.spaceStaticL,
};

export function nameTokens(root: HTMLElement): void {
  for (const [name, value] of Object.entries(NAMES)) root.style.setProperty(name, value);
}
