package io.clusterrecovery.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The known keys, which nothing adds to, and what a host has shown against them. */
final class TrustedKeys implements HostKeyRepository {
  private final HostKeyRepository known;
  private volatile @Nullable Shown rejected;

  TrustedKeys(HostKeyRepository known) {
    this.known = known;
  }

  /**
   * A key that was not accepted.
   *
   * @param known the fingerprints known for that host, none if it is unknown
   */
  record Shown(String name, String fingerprint, List<String> known) {}

  @Nullable Shown rejected() {
    return rejected;
  }

  @Override
  public int check(String host, byte[] key) {
    int verdict = known.check(host, key);
    if (verdict == OK) {
      return OK;
    }
    List<String> fingerprints =
        Arrays.stream(known.getHostKey(host, null)).map(TrustedKeys::fingerprint).toList();
    rejected = new Shown(host, fingerprint(key), fingerprints);
    // A known host that shows a key of another type is a changed host, too.
    return fingerprints.isEmpty() ? NOT_INCLUDED : CHANGED;
  }

  static String fingerprint(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String fingerprint(HostKey key) {
    return fingerprint(Base64.getDecoder().decode(key.getKey()));
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
    return known.getKnownHostsRepositoryID();
  }

  @Override
  public HostKey[] getHostKey() {
    return known.getHostKey();
  }

  @Override
  public HostKey[] getHostKey(String host, String type) {
    return known.getHostKey(host, type);
  }
}
