package io.clusterrecovery.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Makes sessions, each within the limit; everything that goes wrong here is a refusal. */
final class Connector {
  private final SshSettings settings;
  private final Failures failures;

  Connector(SshSettings settings, Failures failures) {
    this.settings = settings;
    this.failures = failures;
  }

  Session connect() {
    Proof proof = new Proof(trustedKeys(), LoginKeys.load(settings.login(), failures));
    List<String> offers = Algorithms.hostKeys(proof.host().trust());
    for (String offer : offers.subList(0, offers.size() - 1)) {
      try {
        return connect(proof, offer);
      } catch (RefusedException e) {
        if (!ConnectFailure.isOfKey(e, proof)) {
          throw e;
        }
      }
    }
    return connect(proof, offers.get(offers.size() - 1));
  }

  private Session connect(Proof proof, String hostKeys) {
    SshSettings via = settings.via();
    Jump jump = via == null ? null : Jump.to(via, failures);
    Sockets sockets = new Sockets(settings.connectLimit(), jump);
    try {
      return connect(newSession(proof, sockets, hostKeys), sockets, proof);
    } catch (JSchException e) {
      throw ConnectFailure.of(e, proof, settings, failures);
    }
  }

  private Session connect(Session session, Sockets sockets, Proof proof) {
    boolean connected = false;
    try {
      Blocking.call(
          "ssh-connect-" + settings.host(),
          settings.connectLimit(),
          () -> true,
          () -> open(session));
      connected = true;
      return session;
    } catch (ExecutionException e) {
      throw ConnectFailure.of(e.getCause(), proof, settings, failures);
    } catch (TimeoutException e) {
      throw ConnectFailure.noAnswer(settings, failures, e);
    } catch (InterruptedException e) {
      throw failures.interrupted("connecting", "nothing", e);
    } finally {
      if (!connected) {
        sockets.close();
        session.disconnect();
      }
    }
  }

  private Session open(Session session) throws JSchException {
    session.connect((int) settings.connectLimit().toMillis());
    Blocking.daemon("ssh-alive-" + settings.host(), new KeepAlive(session, settings.silence()));
    return session;
  }

  private Session newSession(Proof proof, Sockets sockets, String hostKeys) throws JSchException {
    JSch jsch = new JSch();
    jsch.setIdentityRepository(proof.login());
    Session session = jsch.getSession(settings.user(), settings.host(), settings.port());
    session.setHostKeyRepository(proof.host());
    session.setHostKeyAlias(settings.trust().alias());
    session.setConfig(Algorithms.settings(hostKeys));
    // Where no plain key is known, a certificate that is refused must say why.
    session.setConfig(
        "host_certificate_to_key_fallback", proof.host().trust().known().isEmpty() ? "no" : "yes");
    session.setSocketFactory(sockets);
    session.setDaemonThread(true);
    session.setTimeout((int) settings.silence().toMillis());
    return session;
  }

  private TrustedKeys trustedKeys() {
    String host = settings.host();
    String alias = settings.trust().alias();
    String name = alias == null ? host : alias;
    try {
      HostTrust trust = settings.trust().of(host, settings.port());
      return new TrustedKeys(trust, List.of(name, "[%s]:%d".formatted(host, settings.port())));
    } catch (IOException e) {
      throw failures.refused(
          Code.HOST_KEY_UNKNOWN,
          "the known host keys cannot be read: " + e + ".",
          "Name files in the format of OpenSSH's known_hosts that this user may read.",
          e);
    }
  }
}
