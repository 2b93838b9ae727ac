export { renderBodyHtml, renderImageHtml, type BodyHtmlOptions } from './body-html.ts';
export { escapeHtml, printable } from './markup.ts';
export { jsonLdText, newsArticleData, type NewsArticleFacts } from './news-article.ts';
export { UnsettledError } from './original.ts';
export { renderPlainText } from './plain-text.ts';
export { joinParts, wholeText, type TextPart } from './whole-text.ts';
