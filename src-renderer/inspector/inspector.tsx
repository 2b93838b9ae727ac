import './inspector.css';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Status } from '#shared/contract';
import { setWindow, TABS, useWindow, type Tab as TabName } from '../workspace/index.ts';
import { ChecksTab } from './checks-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { RelatedTab } from './related-tab.tsx';
import { ReviewTab } from './review-tab.tsx';
import { StoryTab } from './story-tab.tsx';

const LABELS: Record<TabName, string> = {
  review: 'Review',
  checks: 'Checks',
  story: 'Story',
  related: 'Related',
  history: 'History',
};

/** Everything about the open article that does not stand in its text. */
export function Inspector({ status }: { status: Status }) {
  const tab = useWindow((state) => state.tab);
  return (
    <aside className="inspector" data-column="inspector" aria-label="Inspector">
      <Tabs
        className="tabs"
        selectedKey={tab}
        onSelectionChange={(key) => setWindow({ tab: key as TabName })}
        keyboardActivation="automatic"
      >
        <TabList className="tab-list" aria-label="Inspector">
          {TABS.map((name) => (
            <Tab key={name} id={name} className="tab">
              {LABELS[name]}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="review" className="pane review-pane">
          <ReviewTab />
        </TabPanel>
        <TabPanel id="checks" className="pane">
          <ChecksTab />
        </TabPanel>
        <TabPanel id="story" className="pane">
          <StoryTab status={status} />
        </TabPanel>
        <TabPanel id="related" className="pane">
          <RelatedTab />
        </TabPanel>
        <TabPanel id="history" className="pane">
          <HistoryTab />
        </TabPanel>
      </Tabs>
    </aside>
  );
}
