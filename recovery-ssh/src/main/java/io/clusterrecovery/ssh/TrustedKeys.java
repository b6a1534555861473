package io.clusterrecovery.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.clusterrecovery.ssh.HostTrust.Verdict;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;

/** Answers for the library what is known of one host, and keeps what it showed against that. */
final class TrustedKeys implements HostKeyRepository {
  private final HostTrust trust;
  private final List<String> names;
  private final Set<Shown> rejected = new CopyOnWriteArraySet<>();

  /**
   * Answers for one host.
   *
   * @param names what the library may call it
   */
  TrustedKeys(HostTrust trust, List<String> names) {
    this.trust = trust;
    this.names = names;
  }

  /** A key that was not accepted. */
  record Shown(PublicKey key, Verdict verdict) {}

  HostTrust trust() {
    return trust;
  }

  /** {@return each key that was not accepted, in order, none once one was} */
  Set<Shown> rejected() {
    return rejected;
  }

  @Override
  public int check(String host, byte[] blob) {
    PublicKey key = PublicKey.of(blob);
    Verdict verdict = trust.verdict(key);
    if (verdict == Verdict.TRUSTED) {
      rejected.clear();
      return OK;
    }
    rejected.add(new Shown(key, verdict));
    return verdict == Verdict.UNKNOWN ? NOT_INCLUDED : CHANGED;
  }

  /** {@return who may sign its certificate, and what was revoked: the library looks no further} */
  @Override
  public HostKey[] getHostKey() {
    return Stream.concat(
            entries("@cert-authority", trust.authorities()), entries("@revoked", trust.revoked()))
        .toArray(HostKey[]::new);
  }

  @Override
  public HostKey[] getHostKey(String host, String type) {
    return new HostKey[0];
  }

  private Stream<HostKey> entries(String marker, List<PublicKey> keys) {
    return keys.stream().flatMap(k -> entry(marker, k));
  }

  private Stream<HostKey> entry(String marker, PublicKey key) {
    try {
      String hosts = String.join(",", names);
      return Stream.of(new HostKey(marker, hosts, HostKey.GUESS, key.blob(), null));
    } catch (JSchException e) {
      // Of a type that the library does not know, and so cannot have signed anything for it.
      return Stream.empty();
    }
  }

  @Override
  public void add(HostKey key, UserInfo user) {
    throw new UnsupportedOperationException("known keys are only read");
  }

  @Override
  public void remove(String host, String type) {
    throw new UnsupportedOperationException("known keys are only read");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new UnsupportedOperationException("known keys are only read");
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return "known keys";
  }
}
