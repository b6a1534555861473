package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's code on fakes, which compiles and holds. */
class FakesSnippetTest {

  @Test
  void runbook_onFakes_changesThemAndTakesNoTime() {
    // README
    FakeHost survivor = FakeHost.named("10.0.0.4").file("/etc/hostname", "master-0\n");
    survivor.on("systemctl is-active etcd").prints("active\n");
    FakeDns dns = FakeDns.zone("example.com").record("etcd-1", "10.0.0.5");
    FakeTargets targets = FakeTargets.of("10.0.0.4", "10.0.0.5");

    Runbook.Builder book = Runbook.named("masters").clock(new FakeClock()).lockOn(survivor);
    book.step("DNS", dns.pointing(List.of(new AddressRecord("etcd-1", "10.0.0.6"))));
    book.step("balancer", targets.serving(List.of("10.0.0.4", "10.0.0.6"), List.of("10.0.0.5")));
    Report report = book.build().run();

    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(dns.records()).containsEntry("etcd-1.example.com", "10.0.0.6");
    assertThat(targets.targets()).containsOnlyKeys("10.0.0.4", "10.0.0.6");
    // README
    assertThat(survivor.paths()).as("the lock is given back").containsExactly("/etc/hostname");
    assertThat(survivor.texts()).as("and was taken").hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void runbook_hostLockedBySomebodyElse_changesNothing() {
    FakeHost survivor = FakeHost.named("10.0.0.4").file("/var/lib/cluster-recovery/lock", "other");
    FakeDns dns = FakeDns.zone("example.com").record("etcd-1", "10.0.0.5");
    Runbook.Builder book = Runbook.named("masters").clock(new FakeClock()).lockOn(survivor);
    book.step("DNS", dns.pointing(List.of(new AddressRecord("etcd-1", "10.0.0.6"))));

    Report report = book.build().run();

    assertThat(report.outcome()).isNotEqualTo(Outcome.DONE);
    assertThat(dns.records()).containsEntry("etcd-1.example.com", "10.0.0.5");
  }

  @Test
  void readme_fakesBlock_isTheCompiledSnippet() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String source =
        Files.readString(Path.of("src/test/java/io/clusterrecovery/testkit/FakesSnippetTest.java"));
    String shown = readme.split("## Fakes", -1)[1].split("```java\n", -1)[1].split("```", -1)[0];
    String compiled = source.split("// README\n", -1)[1];
    assertThat(shown.replaceAll("\\s+", "")).isEqualTo(compiled.replaceAll("\\s+", ""));
  }
}
