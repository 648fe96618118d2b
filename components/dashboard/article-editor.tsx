'use client';

import type { Editor } from '@tiptap/core';
import { createContext, useContext } from 'react';

/** The editor of the article's text, for the panels beside it. */
export const ArticleEditor = createContext<Editor | null>(null);

/** `null` until it stands. */
export function useArticleEditor(): Editor | null {
  return useContext(ArticleEditor);
}
