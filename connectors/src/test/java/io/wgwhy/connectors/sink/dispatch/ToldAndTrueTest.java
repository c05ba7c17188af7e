package io.wgwhy.connectors.sink.dispatch;

import static io.wgwhy.connectors.sink.Notices.ACME;
import static io.wgwhy.connectors.sink.Notices.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Notice.Event;
import io.wgwhy.connectors.sink.Notices;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldAndTrueTest {
  private static final Finding OPEN = Notices.finding("f1", Severity.CRITICAL);
  private static final Finding OVER = OPEN.resolved(NOON.plusSeconds(60));

  @TempDir Path folder;
  private Path file = Path.of("");
  private Silences silences = new Silences(null);
  private ToldAndTrue told = new ToldAndTrue(Route.ALL, silences, Links.NONE);

  @BeforeEach
  void begin() {
    file = folder.resolve("silences");
    silences = new Silences(file);
    told = new ToldAndTrue(Route.ALL, silences, Links.NONE);
  }

  @Test
  void it_is_told_once_that_something_opened_and_once_that_it_is_over() {
    assertThat(live(OPEN, 0)).contains(Event.OPENED);
    assertThat(live(OPEN, 1)).isEmpty();
    assertThat(live(OVER, 2)).contains(Event.RESOLVED);
    assertThat(live(OVER, 3)).isEmpty();
    assertThat(live(OPEN, 4)).as("it came back").contains(Event.OPENED);
  }

  @Test
  void a_change_is_told_when_it_has_weight() {
    live(Notices.finding("f1", Severity.WARNING), 0);
    assertThat(live(OPEN, 1)).contains(Event.CHANGED);
    assertThat(live(retold(OPEN, "12 initiations"), 2)).as("a count").isEmpty();
  }

  @Test
  void a_notice_knows_what_was_told_before() {
    Finding risk = Notices.finding("f1", Severity.WARNING);
    told.take(ACME, risk, NOON);
    Notice notice = told.take(ACME, OPEN, NOON).orElseThrow();
    assertThat(notice.before()).isEqualTo(risk);
  }

  @Test
  void what_is_less_severe_than_wanted_is_not_told_until_it_is_worse_and_then_to_its_end() {
    Route major = new Route(Set.of(), Set.of(), Set.of(), Severity.MAJOR, Confidence.POSSIBLE);
    told = new ToldAndTrue(major, silences, Links.NONE);
    Finding risk = Notices.finding("f1", Severity.WARNING);
    assertThat(live(risk, 0)).isEmpty();
    assertThat(live(OPEN, 1)).contains(Event.OPENED);
    assertThat(live(risk, 2)).contains(Event.CHANGED);
    assertThat(live(risk.resolved(NOON.plusSeconds(9)), 3)).contains(Event.RESOLVED);
    assertThat(live(Notices.finding("f2", Severity.WARNING).resolved(NOON), 4)).isEmpty();
  }

  @Test
  void what_was_there_before_a_receiver_was_is_told_if_it_is_still_true() {
    told.remember(ACME, OPEN);
    told.remember(ACME, Notices.finding("f2", Severity.MAJOR));
    told.remember(ACME, OVER);
    assertThat(woken(NOON)).containsExactly("opened f2");
    assertThat(woken(NOON)).isEmpty();
  }

  @Test
  void that_something_is_over_which_was_told_before_a_long_pause_is_not_lost() {
    // The topic was compacted meanwhile: that it had been open stands nowhere any more.
    assertThat(live(OVER, 0)).contains(Event.RESOLVED);
    assertThat(live(OVER, 1)).isEmpty();
  }

  @Test
  void a_silence_hides_and_what_is_still_true_then_is_told_when_it_ends() throws IOException {
    silence("s1", "srv", null, NOON, NOON.plusSeconds(100));
    assertThat(live(OPEN, 0)).isEmpty();
    assertThat(woken(NOON.plusSeconds(99))).isEmpty();
    assertThat(woken(NOON.plusSeconds(100))).containsExactly("opened f1");
  }

  @Test
  void what_opened_and_was_over_within_a_silence_is_never_told() throws IOException {
    silence("s1", "srv", null, NOON, NOON.plusSeconds(100));
    assertThat(live(OPEN, 0)).isEmpty();
    assertThat(live(OVER, 60)).isEmpty();
    assertThat(woken(NOON.plusSeconds(200))).isEmpty();
  }

  @Test
  void what_was_told_before_a_silence_and_ended_in_it_is_told_to_be_over_after_it()
      throws IOException {
    live(OPEN, 0);
    silence("s1", "srv", null, NOON.plusSeconds(1), NOON.plusSeconds(100));
    assertThat(live(OVER, 60)).isEmpty();
    assertThat(repeated(NOON.plusSeconds(61)))
        .as("to whom forgets, it goes on to be open")
        .extracting(it -> it.finding().state())
        .containsExactly(Finding.State.OPEN);
    assertThat(woken(NOON.plusSeconds(100))).containsExactly("resolved f1");
  }

  @Test
  void a_silence_that_is_ended_early_ends() throws IOException {
    silence("s1", "srv", null, NOON, NOON.plusSeconds(100));
    live(OPEN, 0);
    silence("s1", "srv", null, NOON, NOON.plusSeconds(10));
    assertThat(woken(NOON.plusSeconds(10))).containsExactly("opened f1");
  }

  @Test
  void of_one_that_somebody_knows_nothing_is_said_but_its_end_and_its_return() throws IOException {
    live(OPEN, 0);
    silence("s1", null, "f1", NOON.plusSeconds(1), null);
    assertThat(live(Notices.finding("f1", Severity.MAJOR), 2)).as("a change").isEmpty();
    assertThat(live(OVER, 3)).contains(Event.RESOLVED);
    assertThat(live(reopened(OPEN, NOON.plusSeconds(500)), 500)).contains(Event.OPENED);
  }

  @Test
  void other_hosts_are_not_silenced() throws IOException {
    silence("s1", "other", null, NOON, NOON.plusSeconds(100));
    assertThat(live(OPEN, 0)).contains(Event.OPENED);
  }

  @Test
  void played_back_it_comes_out_the_same() throws IOException {
    silence("s1", "srv", null, NOON, NOON.plusSeconds(100));
    live(OPEN, 0);
    woken(NOON.plusSeconds(100));

    ToldAndTrue again = new ToldAndTrue(Route.ALL, silences, Links.NONE);
    again.replay(ACME, OPEN, NOON);
    Instant doneAt = NOON.plusSeconds(100);
    again.wake(ACME, doneAt);
    assertThat(again.wake(ACME, NOON.plusSeconds(200))).as("told already").isEmpty();

    ToldAndTrue stoppedBefore = new ToldAndTrue(Route.ALL, silences, Links.NONE);
    stoppedBefore.replay(ACME, OPEN, NOON);
    stoppedBefore.wake(ACME, NOON.plusSeconds(50));
    assertThat(stoppedBefore.wake(ACME, NOON.plusSeconds(200))).as("not yet told").hasSize(1);
  }

  @Test
  void what_is_open_is_repeated_and_what_is_over_for_a_quarter_of_an_hour() {
    live(OPEN, 0);
    assertThat(repeated(NOON.plus(Duration.ofDays(3)))).hasSize(1);
    live(OVER, 60);
    assertThat(repeated(NOON.plusSeconds(120))).hasSize(1);
    assertThat(repeated(NOON.plusSeconds(60 + 900))).isEmpty();
  }

  @Test
  void what_is_long_over_takes_no_memory_and_is_not_told_again() {
    live(OPEN, 0);
    live(OVER, 60);
    woken(NOON.plus(Duration.ofHours(1)));
    assertThat(repeated(NOON)).isEmpty();
    assertThat(live(OVER, 7200)).isEmpty();
    assertThat(live(reopened(OPEN, NOON.plusSeconds(9000)), 9000)).contains(Event.OPENED);
  }

  @Test
  void what_a_wider_route_takes_and_was_never_told_is_told_once() {
    Finding major = Notices.finding("major", Severity.MAJOR);
    Finding warning = Notices.finding("warning", Severity.WARNING);
    told = new ToldAndTrue(from(Severity.MAJOR), silences, Links.NONE);
    told.replayBy(ACME, from(Severity.CRITICAL));
    for (Finding it : List.of(OPEN, major, warning)) {
      told.replay(ACME, it, NOON);
    }
    told.replay(ACME, major.resolved(NOON), NOON);
    told.replay(ACME, major, NOON);
    assertThat(woken(NOON)).as("of the past").isEmpty();
    told.goOn(ACME);
    assertThat(woken(NOON.plusSeconds(1))).containsExactly("opened major");
    assertThat(woken(NOON.plusSeconds(2))).isEmpty();
    assertThat(live(OVER, 3)).as("was told then").contains(Event.RESOLVED);
    assertThat(live(major.resolved(NOON), 4)).contains(Event.RESOLVED);
    assertThat(live(warning.resolved(NOON), 5)).isEmpty();
  }

  @Test
  void of_a_narrower_or_the_same_route_nothing_is_told_again() {
    for (Severity now : List.of(Severity.CRITICAL, Severity.WARNING)) {
      Finding major = Notices.finding("major", Severity.MAJOR);
      told = new ToldAndTrue(from(now), silences, Links.NONE);
      told.replayBy(ACME, from(Severity.WARNING));
      told.replay(ACME, major, NOON);
      told.goOn(ACME);
      assertThat(woken(NOON)).isEmpty();
      assertThat(live(major.resolved(NOON), 1)).contains(Event.RESOLVED);
    }
  }

  @Test
  void a_route_is_kept_as_a_text() {
    Route route =
        new Route(Set.of(ACME), Set.of("home"), Set.of(), Severity.MAJOR, Confidence.LIKELY);
    assertThat(Route.ofText(route.text())).contains(route);
    assertThat(Route.ofText(Route.ALL.text())).contains(Route.ALL);
    assertThat(Route.ofText("{}")).isEmpty();
    assertThat(Route.ofText("of another version")).isEmpty();
  }

  @Test
  void a_round_of_repetitions_goes_on_where_it_was_and_says_what_is_so_now() {
    for (String id : List.of("a", "b", "c")) {
      told.take(ACME, Notices.finding(id, Severity.MAJOR), NOON);
    }
    told.beginRepeating();
    List<Notice> first = told.repeat(NOON, 2);
    assertThat(first).extracting(it -> it.finding().id()).containsExactly("a", "b");
    told.repeatLater(first.subList(1, 2));
    told.take(ACME, Notices.finding("c", Severity.MAJOR).resolved(NOON), NOON);
    assertThat(told.repeat(NOON, 2))
        .extracting(it -> it.finding().id() + " " + it.finding().state())
        .containsExactly("b OPEN", "c RESOLVED");
    assertThat(told.isRepeating()).isFalse();
    assertThat(told.repeat(NOON, 2)).isEmpty();
  }

  private static Route from(Severity least) {
    return new Route(Set.of(), Set.of(), Set.of(), least, Confidence.POSSIBLE);
  }

  private List<Notice> repeated(Instant at) {
    told.beginRepeating();
    return told.repeat(at, 100);
  }

  private Optional<Event> live(Finding finding, long second) {
    return told.take(ACME, finding, NOON.plusSeconds(second)).map(Notice::event);
  }

  private List<String> woken(Instant at) {
    return told.wake(ACME, at).stream()
        .map(it -> it.event().text() + " " + it.finding().id())
        .toList();
  }

  private void silence(
      String id,
      @Nullable String host,
      @Nullable String finding,
      Instant from,
      @Nullable Instant until)
      throws IOException {
    Silences.write(
        file, new Silence(id, null, null, host, null, finding, from, until, "maintenance"));
    silences.refresh();
  }

  private static Finding retold(Finding it, String title) {
    return copy(it, title, it.openedAt());
  }

  private static Finding reopened(Finding it, Instant at) {
    return copy(it, it.title(), at);
  }

  private static Finding copy(Finding it, String title, Instant openedAt) {
    return new Finding(
        it.id(),
        it.tenant(),
        it.network(),
        it.state(),
        it.cause(),
        title,
        it.confidence(),
        it.severity(),
        it.subject(),
        it.symptom(),
        it.affected(),
        it.evidence(),
        it.path(),
        it.checklist(),
        it.alternatives(),
        it.nextObservation(),
        it.remedy(),
        it.rule(),
        openedAt,
        openedAt.plusSeconds(5),
        null);
  }
}
