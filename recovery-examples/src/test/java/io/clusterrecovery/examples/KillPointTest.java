package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Change;
import io.clusterrecovery.Event;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.examples.DrillOptions.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KillPointTest {
  private static final Change CHANGE = Change.of("restore/stop@10.0.9.10", "stop", "h", "a", "b");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "restore quorum | restore/stop@10.0.9.10 | restore-quorum/restore/stop",
        "a | unit etcd stopped on 10.0.9.10 | a/unit-etcd-stopped-on-host-10",
        "dns | dns/8J8MXVOW25MXAG5E641KNZ/etcd-2.lab.test/A | dns/dns/ID/etcd-2.lab.test/A",
        "t | targets/arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/internal/"
            + "1afcf4c766d5299e/register/10.0.90.31:6443 | t/targets/internal/register/host-31:6443"
      })
  void name_leavesOutWhatIsOfOneLab(String step, String what, String name) {
    assertThat(KillPoint.name(step, what)).isEqualTo(name);
  }

  @Test
  void change_startsAndEnds_isBeforeThenAfter() {
    Event started = new Event.ChangeStarted(Instant.EPOCH, "restore quorum", CHANGE);
    Event done = finished(Outcome.DONE);
    KillPoint before = KillPoint.parse("before:restore-quorum/restore/stop");
    KillPoint after = KillPoint.parse("after:restore-quorum/restore/stop");
    KillPoint inside = KillPoint.parse("inside:restore-quorum/restore/stop");

    assertThat(List.of(before.isBefore(started), before.isAfter(done), before.isBegun(started)))
        .containsExactly(true, false, false);
    assertThat(List.of(after.isBefore(started), after.isAfter(done), after.isBegun(started)))
        .containsExactly(false, true, false);
    assertThat(List.of(inside.isBefore(started), inside.isAfter(done), inside.isBegun(started)))
        .containsExactly(false, true, true);
    assertThat(after.isAfter(finished(Outcome.FAILED))).isFalse();
  }

  @Test
  void line_thatAScriptPrints_isBegun() {
    KillPoint inside = KillPoint.parse("inside:restore-quorum/Stopping-kubelet..");
    Event line = new Event.Line(Instant.EPOCH, "restore quorum", "Stopping kubelet..");

    assertThat(inside.isBegun(line)).isTrue();
    assertThat(inside.isBegun(new Event.Line(Instant.EPOCH, "restore quorum", "Other"))).isFalse();
    assertThat(KillPoint.parse("after:restore-quorum/Stopping-kubelet..").isBegun(line)).isFalse();
  }

  @Test
  void inside_isAskedForWhileItIsUnderWay() throws InterruptedException {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    KillPoint inside = KillPoint.parse("inside:restore-quorum/the-end");
    KillSwitch kill = new KillSwitch(List.of(inside), point -> asked.add("now"));
    kill.on(new Event.WaitStarted(Instant.EPOCH, "restore quorum", "another", Duration.ofHours(1)));
    kill.on(new Event.WaitStarted(Instant.EPOCH, "restore quorum", "the end", Duration.ofHours(1)));
    assertThat(asked.poll(1, TimeUnit.MINUTES)).isEqualTo("now");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "before", "never:a", ":"})
  void parse_noPoint_isRefused(String text) {
    assertThatThrownBy(() -> KillPoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a point");
  }

  /** Each change has a moment before and one after it. */
  @ParameterizedTest
  @EnumSource(Platform.class)
  void list_ofEachPlatform_isWholeAndReadsBack(Platform platform) {
    List<KillPoint> points = KillPoints.of(platform);
    assertThat(points).doesNotHaveDuplicates().hasSizeGreaterThan(60);
    assertThat(named(points, KillPoint.When.BEFORE)).isEqualTo(named(points, KillPoint.When.AFTER));
    assertThat(points).allSatisfy(p -> assertThat(KillPoint.parse(p + "")).isEqualTo(p));
  }

  private static List<String> named(List<KillPoint> points, KillPoint.When when) {
    return points.stream().filter(p -> p.when() == when).map(KillPoint::what).toList();
  }

  private static Event finished(Outcome outcome) {
    return new Event.ChangeFinished(
        Instant.EPOCH, "restore quorum", CHANGE, outcome, Duration.ZERO);
  }
}
