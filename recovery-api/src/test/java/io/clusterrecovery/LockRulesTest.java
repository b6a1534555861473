package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockRulesTest {
  private static final RunId MINE = new RunId("mine");
  private static final String OTHER = "other";

  @Test
  void decide_nobodyHoldsIt_isTaken() {
    assertThat(decide("", null, false)).isEqualTo(new LockMove.Take(""));
  }

  @Test
  void decide_nobodyHoldsItAndTakeOverNamesSomebody_isTakenWithoutForce() {
    assertThat(decide("", "bob@desk", false)).isEqualTo(new LockMove.Take(""));
  }

  /** Whose run, whose owner, with a journal, process gone, take over from: what is decided. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "mine,  alice@lap, true,  false, -,        Keep",
        "mine,  bob@desk,  true,  false, -,        Keep",
        "mine,  bob@desk,  false, true,  bob@desk, Keep",
        "other, bob@desk,  true,  false, -,        Refuse",
        "other, bob@desk,  true,  true,  -,        Refuse",
        "other, bob@desk,  false, true,  -,        Refuse",
        "other, bob@desk,  true,  false, bob@desk, TakeOver",
        "other, bob@desk,  false, false, bob@desk, TakeOver",
        "other, bob@desk,  true,  true,  eve@desk, Refuse",
        "other, alice@lap, true,  true,  -,        Refuse",
        "other, alice@lap, false, false, -,        Refuse",
        "other, alice@lap, false, true,  -,        Take",
        "other, alice@lap, true,  true,  alice@lap, TakeOver",
      })
  void decide_somebodyHoldsIt(
      String run,
      String owner,
      boolean journal,
      boolean gone,
      @Nullable String takeOver,
      String decided) {
    LockMove move = decide(lock(run, owner, journal), takeOver, gone);
    assertThat(move.getClass().getSimpleName()).isEqualTo(decided);
  }

  @Test
  void decide_refused_saysWhoSinceWhenWhereAndWhatToDo() {
    LockMove move = decide(lock(OTHER, "bob@desk", true), "eve@desk", false);
    Refusal why = ((LockMove.Refuse) move).why();
    assertThat(why.code()).isEqualTo(Code.HOST_LOCKED);
    assertThat(why.found())
        .contains(
            "master-0",
            "bob@desk",
            "2026-11-23T00:00:00Z",
            "run other",
            "/home/bob/journal",
            "not by eve@desk");
    assertThat(why.next()).contains("resume it", "takeOver(\"bob@desk\")");
  }

  @Test
  void decide_runWithoutJournal_isNotToBeResumed() {
    LockMove move = decide(lock(OTHER, "bob@desk", false), null, false);
    assertThat(((LockMove.Refuse) move).why().next()).doesNotContain("resume").contains("takeOver");
  }

  @Test
  void decide_ownLockThatWasTakenOver_keepsFromWhom() {
    String text =
        new LockEntry(MINE.value(), "a", "m", "p", Instant.EPOCH, null, "bob@desk").text();
    assertThat(decide(text, null, false)).isEqualTo(new LockMove.Keep(Optional.of("bob@desk")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "{", "null", "{\"run\":\"other\"}", "\u0000"})
  void decide_unreadable_refusesWithoutForce(String text) {
    LockMove move = decide(text, "bob@desk", true);
    assertThat(((LockMove.Refuse) move).why().found()).contains("cannot be read");
  }

  private static LockMove decide(String seen, @Nullable String takeOver, boolean gone) {
    return new LockRules(MINE, "alice@lap", takeOver, lock -> gone).decide("master-0", seen);
  }

  private static String lock(String run, String owner, boolean journal) {
    Instant since = Instant.parse("2026-11-23T00:00:00Z");
    String file = journal ? "/home/bob/journal" : null;
    return new LockEntry(run, owner, "desk", "1 2 3 4", since, file, null).text();
  }
}
