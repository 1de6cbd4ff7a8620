import { useCallback, useMemo, useState } from 'react';
import type { AppInfo, CaseView, DeskState, Language } from '../../preload/contract.ts';
import { usePortrait } from '../face/use-portrait.ts';
import { Office } from '../office/office.tsx';
import { maySetUp, shownView } from '../office/set-up/set-up-view.ts';
import { Announcer } from '../parts/announcer.tsx';
import { type CustomerLanguage, CustomerLanguageContext } from '../parts/customer-language.ts';
import { type Drafts, DraftsContext } from '../parts/drafts.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { useKeptFocus } from '../parts/use-kept-focus.ts';
import { AbandonDialog } from './abandon-dialog.tsx';
import { badNews } from './bad-news.ts';
import { Banner } from './banner.tsx';
import { CaseQuestion } from './case-question.tsx';
import { Evidence } from './evidence.tsx';
import type { DeskCommand } from './keyboard.ts';
import { laidView } from './laid-view.ts';
import classes from './layout.module.css';
import { Question } from './question.tsx';
import { Queue } from './queue.tsx';
import { Rail } from './rail.tsx';
import { reached } from './rail-view.ts';
import { ReaderStrip, type View } from './reader-strip.tsx';
import { announcement, stripView } from './reader-view.ts';
import { chipPanel } from './reading-view.ts';
import { RefusedLinkNotice } from './refused-link-notice.tsx';
import { type Sealed, SealedQuestion } from './sealed-question.tsx';
import { SetUpNotice } from './set-up-notice.tsx';
import { SignIn } from './sign-in.tsx';
import { stepBefore } from './steps.ts';
import { TrustNotice } from './trust-notice.tsx';
import { useActivity } from './use-activity.ts';
import { useDesk } from './use-desk.ts';
import { useKeyboard } from './use-keyboard.ts';
import { useSwipe } from './use-swipe.ts';
import { verdictSentence } from './verdict-view.ts';

interface DeskProps {
  readonly info: AppInfo;
  readonly onLanguage: (language: Language) => Promise<void>;
  readonly onTextSize: (size: AppInfo['textSize']) => void;
}

/** How a case ended, and which one. */
interface SealedCase extends Sealed {
  readonly caseId: string | null;
  readonly endsSetUp: boolean;
}

/** The desk once the first snapshot is there. */
export function Desk(props: DeskProps) {
  const state = useDesk();
  const { t } = useWords();
  return state === null ? <p role="status">{t('app/starting')}</p> : <OpenDesk {...props} state={state} />;
}

/** Whether a document may be what the case goes on with: none is open, or nobody was chosen yet. */
const isBeforeChip = (open: CaseView | null): boolean =>
  open === null || open.step === 'purpose' || open.step === 'holder';

function OpenDesk({ info, onLanguage, onTextSize, state }: DeskProps & { readonly state: DeskState }) {
  const words = useWords();
  const { ask, failure, forget } = useAsking();
  const [chosen, setChosen] = useState<View>('desk');
  const [leftSetUp, setLeftSetUp] = useState(false);
  const [record, setRecord] = useState<string | null>(null);
  const [country, setCountry] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [customerLanguage, setCustomerLanguage] = useState<CustomerLanguage>(null);
  const [sealed, setSealed] = useState<SealedCase | null>(null);
  const open = state.case;
  const openId = open?.id ?? null;
  // Once another case is open the last one's end is over: it must not come back for the moment before this one's end is told,
  // with a record's number that is another customer's.
  if (sealed !== null && openId !== null && sealed.caseId !== openId) setSealed(null);
  const view = shownView(chosen, state, leftSetUp);
  // Whoever asks for the desk leaves a set-up that would come before it; who only comes back from another page is back in it.
  const setView = useCallback((next: View) => {
    setLeftSetUp(next === 'desk');
    setChosen(next);
  }, []);
  const portrait = usePortrait(open);
  const strip = stripView(state, words.t, (code) => words.failure(code).happened, view === 'setUp');

  // As it stood while the case was open: its end may tell the next snapshot first.
  const endsSetUp = info.training && state.setUp !== null;
  const seal = useCallback(
    (record: Sealed) => {
      setSealed({ ...record, caseId: openId, endsSetUp: endsSetUp && record.outcome !== 'abandoned' });
      setLeaving(false);
    },
    [openId, endsSetUp],
  );

  // A referred case that was only looked at waits on.
  const referred = open?.referral !== null && open !== null;
  const leave = useCallback(() => {
    if (referred) void ask('referrals.putBack');
    else setLeaving(true);
  }, [ask, referred]);

  const act = useCallback(
    (command: DeskCommand) => {
      if (command.type === 'main-action') {
        document.querySelector<HTMLButtonElement>('main [data-main-action]:not(:disabled)')?.click();
      } else if (command.type === 'trust' || command.type === 'queue') {
        if (command.type === 'queue' && state.referrals === null) return;
        setChosen(view === command.type ? 'desk' : command.type);
      } else if (view !== 'desk') {
        if (command.type !== 'back') return;
        if (view === 'records' && record !== null) setRecord(null);
        else if (view === 'trust' && country !== null) setCountry(null);
        else setView('desk');
      } else if (open !== null) {
        const target =
          command.type === 'back' ? stepBefore(open) : command.type === 'go-to' ? reached(open, command.step) : null;
        if (command.type === 'tap') {
          // Elsewhere a tap would throw the comparison of faces away.
          const isAtChip = open.step === 'chip' || open.step === 'second';
          if (isAtChip && laidView(open).reading.state !== 'reading') void ask('case.tap');
          return;
        }
        // Most errands take one document.
        if (target === 'second' && open.second?.open !== true) return;
        if (target !== null) void ask('case.goTo', target);
        else leave();
      }
    },
    [ask, country, leave, open, record, setView, state.referrals, view],
  );
  const isAway = state.session.needed && state.session.operator === null;
  useKeyboard(act, !(leaving && open !== null) && !isAway);
  useActivity(state.session.operator !== null);
  // The next customer is spoken to in the teller's language until somebody says otherwise.
  const newCustomer = () => {
    setSealed(null);
    setCustomerLanguage(null);
  };
  const takeDocument = useCallback(
    async (text: string) => {
      const answer = await ask('case.takeDocument', text);
      // What is no document begins nothing: how the last case ended is still on the screen.
      if (answer === null) return;
      setSealed(null);
      if (open === null) setCustomerLanguage(null);
    },
    [ask, open],
  );
  const takesDocuments = view === 'desk' && !leaving && !isAway && state.session.operator?.takesCases !== false;
  useSwipe(takeDocument, takesDocuments);
  useKeptFocus();
  // What was typed belongs to the case and to whoever has it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case or another operator begins with nothing
  const drafts = useMemo<Drafts>(() => new Map(), [open?.id, state.session.operator?.sign]);
  const signOut = () => {
    setCustomerLanguage(null);
    setChosen('desk');
    setLeftSetUp(false);
    setSealed(null);
    setRecord(null);
    void ask('session.signOut');
  };

  const { session } = state;
  const showSealed = open === null && sealed !== null;
  const somethingLies = state.readers.some((reader) => reader.state === 'card');
  const judged = open !== null && open.step === 'decide' ? verdictSentence(open, words) : null;
  const isRead = open?.step === 'chip' && chipPanel(open, false) === 'done';
  const news = open !== null && isRead ? badNews(open, words) : null;
  return (
    <DraftsContext value={drafts}>
      <CustomerLanguageContext value={customerLanguage}>
        <div className={classes.page}>
          <Banner
            info={info}
            station={state.station}
            isSettingUp={view === 'setUp'}
            specimen={state.specimen}
            isAway={isAway}
            onScan={takesDocuments && isBeforeChip(open) ? takeDocument : null}
          />
          <ReaderStrip
            strip={strip}
            state={state}
            language={info.language}
            onLanguage={onLanguage}
            view={view}
            onView={setView}
            onReader={(name) => void ask('desk.setReader', name)}
            onSignOut={signOut}
          />
          {view === 'desk' && !isAway && state.setUp !== null && maySetUp(session) ? (
            <SetUpNotice onOpen={() => setView('setUp')} />
          ) : null}
          {view === 'desk' && !isAway ? (
            <TrustNotice moment={open?.id ?? 'none'} onOpen={() => setView('trust')} />
          ) : null}
          <RefusedLinkNotice refused={state.refusedLink} />
          <Announcer
            polite={announcement(strip, open === null ? null : laidView(open).reading, words.t)}
            assertive={judged ?? news?.sentence ?? ''}
          />
          {isAway ? (
            <SignIn waiting={session.waiting} />
          ) : view === 'queue' ? (
            <Queue
              count={state.referrals ?? 0}
              busy={open !== null}
              role={session.operator?.role ?? null}
              onOpened={() => setView('desk')}
            />
          ) : view !== 'desk' ? (
            <Office
              page={view}
              onPage={setView}
              state={state}
              info={info}
              record={record}
              onRecord={setRecord}
              country={country}
              onCountry={setCountry}
              onDesk={() => setView('desk')}
              onTextSize={onTextSize}
            />
          ) : (
            <div className={classes.desk}>
              <Rail
                view={open}
                onGoTo={(step) => void ask('case.goTo', open === null ? step : reached(open, step))}
                onAbandon={leave}
                customerLanguage={customerLanguage}
                onCustomerLanguage={setCustomerLanguage}
              />
              <main className={classes.question}>
                {failure === null ? null : <FailureNotice code={failure} />}
                {session.operator?.lapsed === true && session.operator.takesCases && !showSealed ? (
                  <p className={classes.lapsed}>{words.t('session/lapsed')}</p>
                ) : null}
                {session.operator?.takesCases === false ? (
                  <Question
                    question={words.t('session/noCasesQuestion', { name: session.operator.name })}
                    help={words.t('session/noCases')}
                  >
                    {null}
                  </Question>
                ) : showSealed ? (
                  <SealedQuestion
                    sealed={sealed}
                    left={somethingLies}
                    endsSetUp={sealed.endsSetUp}
                    onNewCase={newCustomer}
                  />
                ) : (
                  <CaseQuestion
                    key={`${open?.id ?? 'none'} ${open?.step ?? 'purpose'}`}
                    state={state}
                    info={info}
                    portrait={portrait}
                    onSealed={seal}
                    onArrive={forget}
                  />
                )}
              </main>
              <Evidence
                view={open}
                offered={{ orders: state.offered, more: state.offeredMore }}
                portrait={portrait}
                judged={open?.step === 'decide' ? open.verdict : null}
              />
            </div>
          )}
          {leaving && open !== null ? (
            <AbandonDialog
              sign={session.operator?.sign ?? info.operatingSystemUser}
              onSealed={seal}
              onKeep={() => setLeaving(false)}
            />
          ) : null}
        </div>
      </CustomerLanguageContext>
    </DraftsContext>
  );
}
