'use client';

import { type ComponentProps, useState } from 'react';
import { type AppActions, AppPanel } from './app-panel.tsx';
import { CodesPanel, NewCodes } from './codes.tsx';
import { type PasskeyActions, PasskeyPanel } from './passkey-panel.tsx';
import type { Told } from './told.ts';

/** All that somebody can prove themselves by. New recovery codes stay on the page until they say that they kept them. */
export function FactorPanels({
  keys,
  app,
  codesLeft,
  site,
  actions,
}: {
  keys: ComponentProps<typeof PasskeyPanel>['keys'];
  app: boolean;
  codesLeft: number;
  site: string;
  actions: {
    passkeys: PasskeyActions;
    app: AppActions;
    renew: () => Promise<Told<{ codes: string[] }>>;
  };
}) {
  const [codes, setCodes] = useState<string[]>([]);
  const show = (made: string[]) => {
    if (made.length > 0) setCodes(made);
  };
  return (
    <>
      {codes.length > 0 && <NewCodes codes={codes} site={site} close={() => setCodes([])} />}
      <PasskeyPanel keys={keys} actions={actions.passkeys} show={show} />
      <AppPanel on={app} actions={actions.app} show={show} />
      {(app || keys.length > 0) && (
        <CodesPanel left={codesLeft} renew={actions.renew} show={show} />
      )}
    </>
  );
}
