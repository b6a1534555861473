package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Growths of a cluster of one that are refused, and touch nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpansionRefusedIT {
  /** Of another authority, as it does not matter whose: whom it is for is what is looked at. */
  private static final String OTHER_CERTIFICATE =
      """
      cd /etc/etcd/pki && cp peer.crt own.crt && cp peer.key own.key && mkdir /tmp/other || exit 1
      cd /tmp/other
      key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
      openssl req -x509 $key -keyout ca.key -out ca.crt -subj /CN=others -days 2 2>&1
      openssl req $key -keyout peer.key -out peer.csr -subj /CN=other 2>&1
      echo subjectAltName=DNS:other.lab.test > names
      openssl x509 -req -in peer.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
        -extfile names -out peer.crt 2>&1
      cp peer.crt peer.key /etc/etcd/pki/
      """;

  private static final String OWN_CERTIFICATE =
      "cd /etc/etcd/pki && mv own.crt peer.crt && mv own.key peer.key && rm -r /tmp/other";

  private EtcdLab lab;
  private LabHost first;
  private LabHost second;
  private SshHost secondSsh;

  @BeforeAll
  void start() {
    lab = EtcdLab.of("one");
    first = lab.lab.host("one");
    second = lab.lab.create("two");
    secondSsh = lab.ssh(second);
  }

  @AfterAll
  void stop() {
    secondSsh.close();
    lab.close();
  }

  @Test
  void expand_hostConfiguredWithAnotherName_isRefused() {
    assertRefused(expander().add("other", EtcdLab.peer(second), secondSsh), Code.MEMBER_MISMATCH);
  }

  @Test
  void expand_nameOfAMember_isRefused() {
    assertRefused(
        expander().add("one", EtcdLab.peer(second), secondSsh), Code.MEMBER_ALREADY_THERE);
  }

  @Test
  void expand_peerUrlOfAnotherHost_isRefused() {
    assertRefused(expander().add("two", EtcdLab.peer(first), secondSsh), Code.NAME_RESOLUTION);
  }

  @Test
  void expand_memberThatNobodyAskedForIsUnstarted_isRefusedWithItsId() throws Exception {
    String added =
        lab.etcdctl(
            List.of(first),
            "member",
            "add",
            "ghost",
            "--learner",
            "--peer-urls=https://10.9.9.9:1");
    String id = added.replaceAll("(?s)^Member +([0-9a-f]+) added.*", "$1");
    try {
      RefusedException refused =
          assertRefused(
              expander().add("two", EtcdLab.peer(second), secondSsh), Code.MEMBERSHIP_UNHEALTHY);
      assertThat(refused.next()).contains(id);
    } finally {
      lab.etcdctl(List.of(first), "member", "remove", id);
    }
  }

  @Test
  void expand_hostThatHoldsEtcdData_isRefused() {
    second.run("mkdir", "-p", "/var/lib/etcd/member").orThrow();

    RefusedException refused =
        assertRefused(
            expander().add("two", EtcdLab.peer(second), secondSsh), Code.MEMBER_ALREADY_THERE);
    assertThat(refused.found()).contains("whose it is cannot be told");

    second.run("rm", "-r", "/var/lib/etcd/member").orThrow();
  }

  @Test
  void expand_memberWithTheCertificateOfAnother_isRefused() {
    first.script(OTHER_CERTIFICATE).orThrow();
    try {
      assertThat(refusal(expander().add("two", EtcdLab.peer(second), secondSsh)))
          .contains("The certificate of member one", "[other.lab.test]", "https://etcd-0.lab.test");
    } finally {
      first.script(OWN_CERTIFICATE).orThrow();
    }
  }

  @Test
  void expand_hostWithTheCertificateOfAnother_isRefused() {
    second.script(OTHER_CERTIFICATE).orThrow();
    try {
      assertThat(refusal(expander().add("two", EtcdLab.peer(second), secondSsh)))
          .contains("The certificate of the new member two", EtcdLab.peer(second).toString());
    } finally {
      second.script(OWN_CERTIFICATE).orThrow();
    }
  }

  private String refusal(MemberExpander.Builder settings) {
    return assertRefused(settings, Code.MEMBER_MISMATCH).found();
  }

  private RefusedException assertRefused(MemberExpander.Builder settings, Code code) {
    return EtcdLab.refused(settings, code, second);
  }

  private MemberExpander.Builder expander() {
    return MemberExpander.on(lab.cluster(first));
  }
}
