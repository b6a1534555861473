package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.Code;
import io.clusterrecovery.DnsRecords;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Report;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.testkit.Bind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindRecordsIT {
  @TempDir Path dir;
  private Bind bind;
  private BindServer server;
  private DnsRecords dns;

  @BeforeEach
  void start() {
    bind =
        Bind.start(
            dir,
            "lab.test",
            "etcd-0 1 IN A 10.0.0.10",
            "etcd-1 1 IN A 10.0.0.11",
            "other 1 IN CNAME etcd-0",
            "two 1 IN A 10.0.0.1",
            "two 1 IN A 10.0.0.2");
    server = new BindServer(Bind.programs(), "127.0.0.1", bind.port(), bind.key());
    dns = new BindRecords(server, "lab.test");
  }

  @AfterEach
  void stop() {
    bind.close();
  }

  @Test
  void pointing_recordsOfOtherKinds_refusesAllByNameAndTouchesNothing() {
    RecoveryStep<?> step =
        pointing("etcd-1", "10.0.1.13", "other", "10.0.1.14", "two", "10.0.1.15");

    assertThatThrownBy(() -> RunContext.standalone().carryOut(step))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(e.refusals())
                    .extracting("found")
                    .asString()
                    .contains("other.lab.test", "two.lab.test"));
    assertThat(address("etcd-1")).isEqualTo("10.0.0.11");
  }

  @Test
  void runbook_takesItLikeAnyStep() {
    Report report = book("first").run().orThrow();

    assertThat(address("etcd-0")).isEqualTo("10.0.0.10");
    assertThat(address("etcd-1")).isEqualTo("10.0.1.13");
    assertThat(address("etcd-2")).isEqualTo("10.0.1.14");
    assertThat(report.steps()).extracting(Report.Step::outcome).containsExactly(Outcome.DONE);
    assertThat(book("second").run().orThrow().steps())
        .extracting(Report.Step::outcome)
        .containsExactly(Outcome.UNCHANGED);
  }

  @Test
  void pointing_editedMeanwhile_failsWithBothValuesAndChangesNothing() {
    RecoveryStep<?> step = pointing("etcd-0", "10.0.1.10", "etcd-1", "10.0.1.13");
    RunContext run = RunContext.standalone();
    Prepared<?> prepared = step.prepare(run);
    RunContext.standalone().carryOut(pointing("etcd-1", "10.9.9.9"));

    assertThatThrownBy(() -> prepared.act().apply(run))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.CONCURRENT_CHANGE);
              assertThat(e.found()).contains("10.0.0.11", "10.9.9.9");
            });
    assertThat(address("etcd-0")).isEqualTo("10.0.0.10");
    assertThat(address("etcd-1")).isEqualTo("10.9.9.9");
  }

  @Test
  void pointing_wrongKey_failsAndChangesNothing() throws Exception {
    Path wrong = dir.resolve("wrong.key");
    Files.writeString(
        wrong, Files.readString(bind.key()).replaceFirst("secret \".{8}", "secret \"AAAAAAAA"));
    DnsRecords denied =
        new BindRecords(
            new BindServer(Bind.programs(), "127.0.0.1", bind.port(), wrong), "lab.test");

    assertThatThrownBy(
            () ->
                RunContext.standalone()
                    .carryOut(denied.pointing(List.of(new AddressRecord("etcd-1", "10.0.1.13")))))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.COMMAND_FAILED);
              assertThat(e.found()).contains("BADSIG");
            });
    assertThat(address("etcd-1")).isEqualTo("10.0.0.11");
  }

  private Runbook book(String journal) {
    Runbook.Builder book = Runbook.named("dns").journal(dir.resolve(journal));
    book.step("correct DNS", pointing("etcd-1", "10.0.1.13", "etcd-2", "10.0.1.14"));
    return book.build();
  }

  private RecoveryStep<?> pointing(String... namesAndAddresses) {
    List<AddressRecord> records = new java.util.ArrayList<>();
    for (int i = 0; i < namesAndAddresses.length; i += 2) {
      records.add(new AddressRecord(namesAndAddresses[i], namesAndAddresses[i + 1]));
    }
    return dns.pointing(records);
  }

  private String address(String name) {
    List<BindServer.Answer> answers = server.ask(name + ".lab.test", "A");
    assertThat(answers).hasSize(1);
    return answers.get(0).value();
  }
}
