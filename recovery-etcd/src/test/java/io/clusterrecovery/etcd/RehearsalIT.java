package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.InjectedFault;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot is rehearsed beside an etcd that serves, on the same host. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RehearsalIT {
  private static final String LEFT =
      """
      find /var/lib/cluster-recovery -mindepth 1 ! -name jobs 2>/dev/null
      for exe in /proc/[0-9]*/exe; do
        readlink "$exe" | grep -E 'etcd-rehearsal|etcdutl'
      done
      true
      """;

  private EtcdLab lab;
  private LabHost host;
  private SshHost ssh;
  private Path snapshot = Path.of("unset");
  private String before = "unset";

  @BeforeAll
  void takeASnapshot(@TempDir Path folder) throws Exception {
    lab = EtcdLab.of("a");
    host = lab.lab.host("a");
    ssh = lab.ssh(host);
    snapshot = folder.resolve("snapshot.db");
    for (int i = 0; i < 7; i++) {
      lab.etcdctl(List.of(host), "put", "/key/" + i % 5, "v" + i);
    }
    lab.etcdctl(List.of(host), "del", "/key/0");
    lab.etcdctl(List.of(host), "snapshot", "save", snapshot.toString());
    lab.etcdctl(List.of(host), "put", "/after", "v");
    before = ofItsOwn();
  }

  /** Whatever was tried: etcd was not restarted, its files are the same, and it serves. */
  @AfterEach
  void hostIsUnharmedAndClean() throws Exception {
    assertThat(ofItsOwn()).isEqualTo(before);
    assertThat(lab.etcdctl(List.of(host), "get", "/after", "--print-value-only")).isEqualTo("v");
    assertThat(host.script(LEFT).orThrow()).isEmpty();
  }

  @AfterAll
  void stop() {
    ssh.close();
    lab.close();
  }

  @Test
  void rehearse_besideAnEtcdThatServes_givesWhatWasInspected() {
    RehearsalResult rehearsed = Snapshot.inspect(snapshot).rehearse(ssh);

    assertThat(rehearsed.revision()).isEqualTo(9);
    assertThat(rehearsed.keys()).isEqualTo(4);
    assertThat(rehearsed.took()).isPositive();
    assertThat(rehearsed.tool()).matches("etcd(utl|ctl) version: 3\\..*");
    assertThat(rehearsed.server()).startsWith("etcd Version: 3.");
  }

  @Test
  void rehearse_revisionsThatWereRaised_missesNoKey(@TempDir Path folder) throws Exception {
    Path raised = folder.resolve("raised");
    EtcdProcess.etcdutl(
        "snapshot",
        "restore",
        snapshot.toString(),
        "--data-dir=" + raised,
        "--bump-revision=1000",
        "--mark-compacted");

    RehearsalResult rehearsed = Snapshot.inspect(raised.resolve("member/snap/db")).rehearse(ssh);

    assertThat(rehearsed.revision()).isEqualTo(1009);
    assertThat(rehearsed.keys()).isEqualTo(4);
  }

  @Test
  void rehearse_damagedSnapshot_isRefusedBeforeAnythingIsSent(@TempDir Path folder)
      throws Exception {
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.db"), bytes);

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> of(ssh, damaged).build().rehearse());

    assertThat(refused.code()).isEqualTo(Code.SNAPSHOT_CORRUPT);
  }

  @ParameterizedTest
  @Tag("full")
  @CsvSource({
    "begun at, BEFORE",
    "begun at, AFTER",
    "upload, AFTER",
    "start rehearsal-restore, AFTER",
    "etcd-rehearsal, AFTER",
    "start rehearsal-etcd, AFTER",
    "rm -rf, BEFORE",
    "rm -rf, AFTER"
  })
  void rehearse_afterOneThatWasKilled_removesWhatThatHasLeft(String words, CrashingHost.When when) {
    CrashingHost dying = new CrashingHost(ssh, words, when);
    assertThatThrownBy(() -> of(dying, snapshot).build().rehearse())
        .isInstanceOf(CrashingHost.Crash.class);

    assertThat(of(ssh, snapshot).build().rehearse().keys()).isEqualTo(4);
  }

  @Test
  void rehearse_copyThatIsThereAlready_isNotSentAgain() {
    assertThatThrownBy(
            () ->
                of(new CrashingHost(ssh, "rehearsal-restore", CrashingHost.When.AFTER), snapshot)
                    .build()
                    .rehearse())
        .isInstanceOf(CrashingHost.Crash.class);
    String copy = "stat -c '%i %z' " + RehearsalFolder.SNAPSHOT;
    String sent = host.script(copy).orThrow();

    assertThatThrownBy(
            () ->
                of(new CrashingHost(ssh, "rehearsal-restore", CrashingHost.When.AFTER), snapshot)
                    .build()
                    .rehearse())
        .isInstanceOf(CrashingHost.Crash.class);

    assertThat(host.script(copy).orThrow()).isEqualTo(sent);
    of(ssh, snapshot).build().rehearse();
  }

  @Test
  void rehearse_whileItServes_letsNobodyElseIn() {
    CrashingHost dying = new CrashingHost(ssh, "start rehearsal-etcd", CrashingHost.When.AFTER);
    assertThatThrownBy(() -> of(dying, snapshot).build().rehearse())
        .isInstanceOf(CrashingHost.Crash.class);
    String port =
        host.script(
                "tr '\\0' '\\n' < /proc/$(pgrep -f '^/var/lib/cluster-recovery/rehearsal/etcd')/cmdline"
                    + " | sed -n 's,^https://127.0.0.1:\\(2[0-9]*\\)$,\\1,p' | head -n 1")
            .orThrow();
    EtcdCluster withTheCertificateOfTheCluster =
        EtcdCluster.at(URI.create("https://127.0.0.1:" + port))
            .through(ssh)
            .tls(lab.lab.etcd().ca(), lab.lab.etcd().cert(), lab.lab.etcd().key())
            .build();

    assertThat(port).isNotEmpty();
    assertThat(host.script("curl -sk https://127.0.0.1:" + port + "/version; true").orThrow())
        .isEmpty();
    try (EtcdClient client =
        withTheCertificateOfTheCluster.connect(withTheCertificateOfTheCluster.endpoints().get(0))) {
      assertThatThrownBy(client::linearizableRead).isInstanceOf(EtcdCallException.class);
    }
    of(ssh, snapshot).build().rehearse();
  }

  @Test
  void rehearse_directoryOfSomebodyElse_isRefusedAndKept() {
    host.script("mkdir -p /var/lib/cluster-recovery/rehearsal/theirs").orThrow();
    try {
      RefusedException refused =
          catchThrowableOfType(RefusedException.class, () -> of(ssh, snapshot).build().rehearse());

      assertThat(refused.code()).isEqualTo(Code.FILE_UNWRITABLE);
    } finally {
      host.script("rmdir -p /var/lib/cluster-recovery/rehearsal/theirs 2>/dev/null; true")
          .orThrow();
    }
  }

  @Test
  void rehearse_toolThatFailsOrIsNoTool_isTypedAndABroughtOneHelps() {
    String tool =
        "printf '#!/bin/sh\\n%s\\n' > /root/no && chmod 755 /root/no"
            + " && mount --bind /root/no /usr/local/bin/etcdutl";
    host.script(tool.formatted("echo --initial-cluster-token; [ \"$3\" = --help ]")).orThrow();
    try {
      assertThatThrownBy(() -> of(ssh, snapshot).build().rehearse())
          .isInstanceOfSatisfying(
              StepFailedException.class, e -> assertThat(e.code()).isEqualTo(Code.COMMAND_FAILED));
      host.script("umount /usr/local/bin/etcdutl && " + tool.formatted("exit 9")).orThrow();
      assertThat(of(ssh, snapshot).build().plan().refusals())
          .singleElement()
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.TOOL_MISSING));

      RehearsalResult rehearsed =
          of(ssh, snapshot).tools(lab.lab.bin().resolve("etcdutl")).build().rehearse();

      assertThat(rehearsed.keys()).isEqualTo(4);
    } finally {
      host.script("umount /usr/local/bin/etcdutl").orThrow();
    }
  }

  @Test
  void rehearse_serverThatDoesNotRun_isTypedAndNothingIsLeft(@TempDir Path folder)
      throws Exception {
    Path broken = Files.writeString(folder.resolve("etcd"), "#!/bin/sh\necho no good; exit 7\n");

    assertThatThrownBy(() -> of(ssh, snapshot).server(broken).build().rehearse())
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> assertThat(e.code()).isEqualTo(Code.VERIFICATION_FAILED))
        .hasMessageContaining("no good");
  }

  @Test
  void rehearse_noRoom_isRefused() {
    Fault fault = Fault.diskAlmostFull("/var/lib/cluster-recovery", 200);
    try (InjectedFault small = host.inject(fault)) {
      assertThat(of(ssh, snapshot).build().plan().refusals())
          .as("%s", small)
          .singleElement()
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.DISK_FULL));
    }
  }

  private String ofItsOwn() {
    return host.script(
            "systemctl show etcd --property=ActiveState,InvocationID,NRestarts,DropInPaths"
                + " && find /var/lib/etcd /etc/etcd -printf '%p %i %y %m %u\\n'"
                + " | grep -v '/wal/\\|/snap/.*snap' | sort")
        .orThrow();
  }

  private static SnapshotRehearsal.Builder of(RemoteHost host, Path snapshot) {
    return SnapshotRehearsal.on(host).fromSnapshot(snapshot);
  }
}
