package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.HostState;
import io.clusterrecovery.Preflight;
import io.clusterrecovery.PreflightReport;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.testkit.LabHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The preflight of real hosts, as a user who becomes root by sudo. */
@ExtendWith(OneHost.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreflightIT {
  private static final String EXPIRED =
      """
          -----BEGIN CERTIFICATE-----
          MIIBPjCB5aADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMMB2V4cGlyZWQw
          HhcNMDAwMTAxMDAwMDAwWhcNMDEwMTAxMDAwMDAwWjASMRAwDgYDVQQDDAdleHBp
          cmVkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERqzi1tufTHzSy/EobbvIMsm1
          dKd6n7pQFUBzw+AsO7Ehx3V2SFlQPQsZ2UV1sBiG89RPO0klwkYWKX0RJBbX/6Ms
          MCowCQYDVR0TBAIwADAdBgNVHQ4EFgQUAaELmAt81X85EO8V2V4CQguI5pEwCgYI
          KoZIzj0EAwIDSAAwRQIgJIvW4ixBLFYBahxjerpd2CSIPU9WrRjV56geMsk+eXMC
          IQDz/jfoKYmGeSTO5shoVKsCQv8UnBTSbIxiP9HlREm0qA==
          -----END CERTIFICATE-----
          """;

  private final OneHost.Target target;
  private LabHost other;

  PreflightIT(OneHost.Target target) {
    this.target = target;
  }

  @BeforeAll
  void start() {
    other = target.lab().createBare("ssh-1");
  }

  @AfterAll
  void stop() {
    other.powerOff();
  }

  @Test
  void check_healthyHosts_isClearAndSeesWhatIsThere() {
    try (SshHost one = target.ssh();
        SshHost two = ssh(other)) {
      Preflight preflight =
          Preflight.of(one, two).room("/var/lib/etcd", 1 << 20).needs("systemctl", "gzip").build();
      PreflightReport report = preflight.check();
      assertThat(report.problems()).isEmpty();
      assertThat(report.hosts().keySet()).containsExactly(one.name(), two.name());
      HostState seen = report.hosts().values().iterator().next();
      assertThat(seen.tools()).containsKeys("systemctl", "gzip", "zstd", "containerd");
      assertThat(seen.tools().get("systemctl")).startsWith("252");
      assertThat(seen.selinux()).isEqualTo("off");
      // Both run by the clock of this machine.
      assertThat(seen.clock().ahead().abs().minus(seen.clock().uncertainty()))
          .isLessThanOrEqualTo(Duration.ofMillis(5));
    }
  }

  @Test
  void check_manyProblems_tellsAllOfThemAtOnce() {
    prepareProblems();
    try (SshHost one = target.ssh();
        SshHost two = ssh(other)) {
      PreflightReport report =
          Preflight.of(one, two)
              .room("/srv/small", 2 << 20)
              .room("/srv/fixed/data", 0)
              .needs("etcdutl")
              .build()
              .check();
      assertThat(codes(report, two.name()))
          .containsExactly(
              Code.DISK_FULL, Code.READ_ONLY, Code.TOOL_MISSING, Code.CERTIFICATE_EXPIRED);
      assertThat(report.problems().get(0).code()).isEqualTo(Code.CLOCK_SKEW);
      assertThat(report.problems().get(0).found()).contains(two.name() + " +4");
    } finally {
      other
          .script(
              "rm -r /usr/local/bin/date /etc/kubernetes; umount /srv/small /srv/fixed;"
                  + " rmdir /srv/small /srv/fixed")
          .orThrow();
    }
  }

  @Test
  void check_oneHostOff_isAProblemAndTheOtherIsSeen() {
    LabHost off = target.lab().createBare("ssh-2");
    off.powerOff();
    try (SshHost one = target.ssh();
        SshHost two = ssh(off)) {
      PreflightReport report = Preflight.of(one, two).build().check();
      assertThat(report.problems())
          .extracting(Refusal::code)
          .containsExactly(Code.HOST_UNREACHABLE);
      assertThat(report.hosts()).containsOnlyKeys(one.name());
    }
  }

  /** On the other host: a clock that is ahead, places with no room, an old certificate. */
  private void prepareProblems() {
    other.write("/etc/kubernetes/pki/apiserver.crt", EXPIRED.getBytes(UTF_8), "0644");
    other
        .script(
            """
            cat >/usr/local/bin/date <<'END'
            #!/bin/sh
            exec /bin/date -d '+42 seconds' "$@"
            END
            chmod 755 /usr/local/bin/date
            mkdir -p /srv/small /srv/fixed
            mount -t tmpfs -o size=1m tmpfs /srv/small
            mount -t tmpfs -o ro tmpfs /srv/fixed
            """)
        .orThrow();
  }

  private static List<Code> codes(PreflightReport report, String host) {
    return report.problems().stream()
        .filter(p -> p.found().startsWith(host + ":"))
        .map(Refusal::code)
        .toList();
  }

  private SshHost ssh(LabHost host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(target.lab().sshKey())
        .knownHosts(target.lab().knownHosts())
        .connectLimit(Duration.ofSeconds(3))
        .build();
  }
}
