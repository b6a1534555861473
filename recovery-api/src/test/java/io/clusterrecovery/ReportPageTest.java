package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void toHtml_anyRun_isOnePageThatLoadsAndRunsNothing() {
    assertThat(FailedRun.report(clock).toHtml())
        .startsWith("<!DOCTYPE html>")
        .contains("<style>", "prefers-color-scheme: dark")
        .doesNotContain("<script", "http:", "https:", "<link", "@import", "url(");
  }

  @Test
  void toHtml_failedRun_saysFoundChangedSoFarAndNext() {
    assertThat(FailedRun.report(clock).toHtml())
        .contains("<h2>UNEXPECTED</h2>", "<dt>found</dt><dd>Something unexpected failed")
        .contains("<dt>changed so far</dt><dd>stop etcd on host-1</dd>")
        .contains("<dt>unknown</dt><dd>move data on host-1</dd>", "<dt>do next</dt>")
        .contains("not reached", "<code>acceptSnapshotWithoutChecksum</code>");
  }

  @Test
  void toHtml_waitsAndChanges_areShownAgainstTimeAndLimit() {
    assertThat(FailedRun.report(clock).toHtml())
        .contains("4.0 s of 30.0 s", "<meter min=\"0\" max=\"30000\" value=\"4000\">")
        .contains("class=\"wait\" style=\"--at:0.00%;--long:100.00%\"");
  }

  @Test
  void toHtml_textOfOthers_staysText() {
    String evil = "<script>alert('x')</script>\u001b[31m & \"more\"";
    Plan plan = Plan.of("test", evil).fact(evil, evil).note(evil).build();
    Runbook.Builder book = Runbook.named(evil).clock(clock);
    book.step(
        evil,
        TestStep.with(
            plan,
            run -> {
              run.line(evil);
              return "";
            }));
    assertThat(book.build().run().toHtml())
        .doesNotContain("<script", "\u001b", "alert('x')")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\uFFFD[31m &amp; &quot;more");
  }

  @Test
  void toHtml_secretInAFact_isMasked() {
    Plan plan = Plan.of("test", "x").fact("token", Secret.of("hunter2").toString()).build();
    Runbook.Builder book = Runbook.named("secret").clock(clock);
    book.step("first", TestStep.with(plan, run -> ""));
    Report report = book.build().run();
    assertThat(report.toHtml()).contains("***").doesNotContain("hunter2");
    assertThat(report.toJson()).contains("***").doesNotContain("hunter2");
  }

  @Test
  void toHtml_nothingBegan_hasNoTimeline() {
    clock.advance(Duration.ofHours(1));
    Runbook.Builder book = Runbook.named("refused").clock(clock);
    book.step("first", TestStep.refusing(Code.DISK_FULL, "No room."));
    assertThat(book.build().run().toHtml())
        .contains("<h2>DISK_FULL</h2>", "<dt>changed so far</dt><dd>nothing</dd>")
        .contains("<h3>Refused</h3>");
  }

  @Test
  void timeline_manyLines_keepsTheFirstAndSaysSo() {
    Runbook.Builder book = Runbook.named("talkative").clock(clock);
    book.step(
        "first",
        TestStep.with(
            Plan.of("test", "x").build(),
            run -> {
              for (int i = 0; i < 1_000; i++) {
                run.line("line " + i);
              }
              return "";
            }));
    assertThat(book.build().run().timeline())
        .hasSize(501)
        .last()
        .extracting(Moment::what)
        .isEqualTo("(further lines were not kept)");
  }
}
