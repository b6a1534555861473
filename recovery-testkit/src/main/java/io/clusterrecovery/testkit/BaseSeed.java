package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** What every lab host is set up with: identity, sshd, the user core, and a trimmed systemd. */
final class BaseSeed {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CORE = 1000;

  /** Units that a lab host has no use for, or that reach beyond it. */
  private static final List<String> MASKED =
      List.of(
          "apt-daily-upgrade.timer",
          "apt-daily.timer",
          "cni-dhcp.service",
          "cni-dhcp.socket",
          "console-getty.service",
          "dev-hugepages.mount",
          "dpkg-db-backup.timer",
          "e2scrub_all.timer",
          "e2scrub_reap.service",
          "fstrim.timer",
          "getty.target",
          "modprobe@.service",
          "remote-fs.target",
          "ssh.socket",
          "sys-fs-fuse-connections.mount",
          "sys-kernel-debug.mount",
          "sys-kernel-tracing.mount",
          "systemd-firstboot.service",
          "systemd-hwdb-update.service",
          "systemd-journal-flush.service",
          "systemd-logind.service",
          "systemd-machine-id-commit.service",
          "systemd-modules-load.service",
          "systemd-network-generator.service",
          "systemd-networkd.service",
          "systemd-pstore.service",
          "systemd-remount-fs.service",
          "systemd-sysusers.service",
          "systemd-tmpfiles-clean.timer",
          "systemd-update-utmp-runlevel.service",
          "systemd-update-utmp.service");

  /** Services that only some hosts have. */
  private static final List<String> OPTIONAL = List.of("containerd.service", "haproxy.service");

  private BaseSeed() {}

  static HostSeed write(
      LabFrame lab, String name, String address, String resolver, List<String> wanted) {
    HostFolder folder = lab.folder(name);
    folder.make();
    HostSeed seed = new HostSeed(folder.seed());
    identity(seed, lab.id(), name, address);
    seed.file("/etc/resolv.conf", "nameserver " + resolver + "\noptions timeout:2 attempts:2\n");
    ssh(seed, lab, folder.seed());
    MASKED.forEach(seed::mask);
    OPTIONAL.stream().filter(unit -> !wanted.contains(unit)).forEach(seed::mask);
    return seed;
  }

  private static void identity(HostSeed seed, String lab, String name, String address) {
    byte[] machineId = new byte[16];
    RANDOM.nextBytes(machineId);
    seed.file("/etc/machine-id", HexFormat.of().formatHex(machineId) + "\n")
        .file("/etc/lab-host", lab + " " + name + "\n")
        .file("/etc/hostname", name + "\n")
        .file("/etc/hosts", "127.0.0.1 localhost\n" + address + " " + name + "\n");
  }

  private static void ssh(HostSeed seed, LabFrame lab, Path root) {
    seed.file("/etc/sudoers.d/core", "core ALL=(ALL) NOPASSWD: ALL\n", "r--r-----")
        .file("/home/core/.ssh/authorized_keys", lab.ssh().authorizedKey() + "\n")
        .file("/etc/ssh/sshd_config", HostSeed.resource("host/sshd_config"));
    for (String own : List.of("/home/core", "/home/core/.ssh", "/home/core/.ssh/authorized_keys")) {
      seed.owner(own, CORE);
    }
    SshAccess.newKey(root.resolve(LabHost.HOST_KEY.substring(1)), "lab");
  }
}
