package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabHostIT {
  private Lab lab;

  @BeforeAll
  void start() {
    lab = Lab.builder().hosts("one", "two").start();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @Test
  void ssh_withTheLabsConfig_runsAsCoreWithSudo() {
    Ran ran = ssh("one", "hostname; id -un; sudo -n id -un; systemctl is-system-running");

    assertThat(ran.out().lines()).containsExactly("one", "core", "root", "running");
  }

  @Test
  void sshKey_ofTheLab_isPrivate() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lab.sshKey())))
        .isEqualTo("rw-------");
  }

  @Test
  void run_failingCommand_reportsItsStatusAndOutput() {
    Ran ran = lab.host("one").run("sh", "-c", "echo no; exit 7");

    assertThat(ran).isEqualTo(new Ran(7, "no\n"));
  }

  @Test
  void write_inANewFolder_hasContentAndMode() {
    LabHost host = lab.host("one");

    host.write("/opt/new/file", "text".getBytes(StandardCharsets.UTF_8), "0640");

    assertThat(host.run("stat", "-c", "%a %U", "/opt/new/file").orThrow()).isEqualTo("640 root");
    assertThat(host.run("cat", "/opt/new/file").orThrow()).isEqualTo("text");
  }

  @Test
  void hosts_talkToEachOther_byAddress() {
    Ran ran = lab.host("one").run("nc", "-z", "-w", "3", lab.host("two").address(), "22");

    assertThat(ran.ok()).isTrue();
  }

  @Test
  void powerOff_runningHost_leavesNoProcessAndASilentNetwork() {
    LabHost host = lab.createBare("dying");
    host.script("systemd-run --unit=work sleep 1000").orThrow();

    host.powerOff();

    assertThat(host.isRunning()).isFalse();
    assertThat(Exec.ok("sh", "-c", "ps -eo args | grep -c '[c]rl-" + lab.id() + "-dying' || true"))
        .isEqualTo("0");
    assertThat(Cgroups.of(lab.id()).isEmpty("dying")).isTrue();
    assertThat(host.answers(22)).isFalse();
    assertThatThrownBy(() -> host.run("true")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void boot_afterPowerOff_hasWhatWasWritten() {
    LabHost host = lab.createBare("returning");
    host.script("echo kept > /var/lib/kept; sync").orThrow();

    host.powerOff();
    host.boot();

    assertThat(ssh("returning", "cat /var/lib/kept").orThrow()).isEqualTo("kept");
  }

  @Test
  void wipe_hostThatIsOff_emptiesItsDisk() {
    LabHost host = lab.createBare("wiped");
    host.script("echo lost > /var/lib/lost").orThrow();
    host.powerOff();

    host.wipe();
    host.boot();

    assertThat(host.run("test", "-e", "/var/lib/lost").ok()).isFalse();
    assertThat(ssh("wiped", "hostname").orThrow()).isEqualTo("wiped");
  }

  @Test
  void wipe_runningHost_isRefused() {
    assertThatThrownBy(() -> lab.host("two").wipe())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("power it off");
    assertThat(lab.host("two").isRunning()).isTrue();
  }

  @Test
  void newHostKey_runningHost_isRefusedByAStrictClient() {
    LabHost host = lab.createBare("impostor");
    String before = host.hostKeyFingerprint();

    String after = host.newHostKey();

    assertThat(after).startsWith("SHA256:").isNotEqualTo(before);
    assertThat(ssh("impostor", "true").out()).contains("REMOTE HOST IDENTIFICATION HAS CHANGED");
  }

  @Test
  void createBare_nameThatIsTaken_isRefused() {
    assertThatThrownBy(() -> lab.createBare("one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already");
  }

  @Test
  void start_asecondLabInTheSameNamespace_isRefused() {
    assertThatThrownBy(() -> Lab.builder().hosts("other").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing but lo");
  }

  private Ran ssh(String host, String command) {
    List<String> argv = List.of("ssh", "-F", lab.sshConfig().toString(), host, command);
    return Exec.run(Exec.LIMIT, new byte[0], argv);
  }
}
