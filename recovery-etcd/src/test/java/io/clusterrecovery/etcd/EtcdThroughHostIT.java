package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An etcd that only its own host reaches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EtcdThroughHostIT {
  private EtcdLab lab;
  private LabHost host;
  private SshHost ssh;

  @BeforeAll
  void start() {
    lab = EtcdLab.of("a");
    host = lab.lab.host("a");
    host.inject(Fault.portSilent(2379));
    host.script("echo '127.0.0.1 not-in-the-certificate' >>/etc/hosts").orThrow();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @BeforeEach
  void connect() {
    ssh = lab.ssh(host);
  }

  @AfterEach
  void close() {
    ssh.close();
  }

  @Test
  void calls_throughTheHost_answer() {
    try (EtcdClient client = through(lab.lab.etcd().endpoint(host))) {
      client.linearizableRead();
      client.writeTest("io.clusterrecovery/test");
      assertThat(client.status().seesLeader()).isTrue();
      assertThat(client.members())
          .extracting(EtcdMember::id)
          .isEqualTo(List.of(client.status().memberId()));
    }
  }

  @Test
  void calls_withCertificatesOfTheHost_answer() {
    String folder = "/etc/etcd/pki/";
    URI endpoint = lab.lab.etcd().endpoint(host);
    EtcdCluster etcd =
        EtcdCluster.at(endpoint)
            .tlsFrom(ssh, folder + "ca.crt", folder + "peer.crt", folder + "peer.key")
            .through(ssh)
            .build();
    try (EtcdClient client = etcd.connect(endpoint)) {
      client.linearizableRead();
    }
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                EtcdCluster.at(endpoint)
                    .tlsFrom(ssh, folder + "ca.crt", folder + "none.crt", folder + "peer.key")
                    .build()
                    .connect(endpoint));
    assertThat(refused.code()).isEqualTo(Code.ETCD_ACCESS_DENIED);
    assertThat(refused).hasMessageContaining("/etc/etcd/pki/none.crt");
  }

  @Test
  void calls_withoutTheHost_getNoAnswer() {
    try (EtcdClient client = lab.cluster(host).connect(lab.lab.etcd().endpoint(host))) {
      assertThat(failure(client).kind()).isEqualTo(EtcdCallException.Kind.NO_ANSWER);
    }
  }

  @Test
  void calls_nameThatIsNotTheServers_areDenied() {
    try (EtcdClient client = through(URI.create("https://not-in-the-certificate:2379"))) {
      EtcdCallException failure = failure(client);
      assertThat(failure.kind()).isEqualTo(EtcdCallException.Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("not-in-the-certificate");
    }
  }

  @Test
  void calls_nothingListensThere_sayWhatTheHostSaw() {
    try (EtcdClient client = through(URI.create("https://127.0.0.1:2399"))) {
      EtcdCallException failure = failure(client);
      assertThat(failure.kind()).isEqualTo(EtcdCallException.Kind.NO_ANSWER);
      assertThat(failure).hasMessageContaining("it cannot connect to 127.0.0.1:2399");
    }
  }

  @Test
  void calls_sessionBreaksBetweenThem_goOn() {
    try (EtcdClient client = through(lab.lab.etcd().endpoint(host))) {
      client.linearizableRead();
      host.inject(Fault.CONNECTIONS_CUT);
      for (int i = 0; i < 20 && failure(client) != null; i++) {
        // Until the library has connected again, a call may meet the broken connection.
      }
      client.linearizableRead();
    }
  }

  private EtcdClient through(URI endpoint) {
    return EtcdCluster.at(endpoint)
        .tls(lab.lab.etcd().ca(), lab.lab.etcd().cert(), lab.lab.etcd().key())
        .through(ssh)
        .build()
        .connect(endpoint);
  }

  private static EtcdCallException failure(EtcdClient client) {
    return catchThrowableOfType(EtcdCallException.class, client::linearizableRead);
  }
}
