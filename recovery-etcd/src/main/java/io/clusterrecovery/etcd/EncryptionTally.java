package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts how objects are encrypted. An API server writes {@code k8s:enc:PROVIDER:VERSION:KEY:} in
 * front of what it has encrypted ({@code apiserver/pkg/storage/value/encrypt}).
 */
final class EncryptionTally {
  private static final byte[] ENCRYPTED = "k8s:enc:".getBytes(US_ASCII);
  private static final byte[] SECRETS = "/secrets/".getBytes(US_ASCII);
  private static final String IDENTITY = "identity::";
  private static final int LONGEST = 300;

  /** So that a file cannot make the list grow for ever; a cluster has a handful. */
  private static final int MOST = 100;

  private final List<String> names = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();

  /** A number for how a value is encrypted; 0 if it is not, and need not be. */
  long tagOf(ByteBuffer page, StoredKey stored) {
    if (KubernetesObject.startsWith(page, stored.valueAt(), stored.valueSize(), ENCRYPTED)) {
      return tag(header(page, stored.valueAt() + ENCRYPTED.length, end(stored)));
    }
    return isSecret(page, stored) ? tag(IDENTITY) : 0;
  }

  /** Counts an object of which this is the tag. */
  void count(long tag) {
    if (tag > 0) {
      int index = (int) tag - 1;
      counts.set(index, counts.get(index) + 1);
    }
  }

  List<EncryptedBy> counted() {
    List<EncryptedBy> counted = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String[] parts = names.get(i).split(":", 3);
      if (counts.get(i) > 0) {
        counted.add(new EncryptedBy(parts[0], parts[1], parts[2], counts.get(i)));
      }
    }
    return counted;
  }

  /** Provider, version and key name, each up to a colon; what comes then is not to be read. */
  private static String header(ByteBuffer page, int from, int end) {
    int to = from;
    int parts = 0;
    while (to < end && to < from + LONGEST) {
      if (page.get(to) == ':' && ++parts == 3) {
        byte[] header = new byte[to - from];
        page.get(from, header);
        return new String(header, UTF_8);
      }
      to++;
    }
    return "unknown::";
  }

  /** The key is {@code /PREFIX/secrets/NAMESPACE/NAME}; the prefix may have more than one part. */
  private static boolean isSecret(ByteBuffer page, StoredKey stored) {
    int nameParts = 0;
    for (int at = stored.keyAt() + stored.keySize() - 1; at > stored.keyAt(); at--) {
      if (page.get(at) == '/' && ++nameParts == 2) {
        int length = at + 1 - stored.keyAt();
        return length > SECRETS.length
            && KubernetesObject.startsWith(page, at + 1 - SECRETS.length, SECRETS.length, SECRETS);
      }
    }
    return false;
  }

  private long tag(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      if (names.size() == MOST) {
        return MOST;
      }
      names.add(name);
      counts.add(0L);
      index = names.size() - 1;
    }
    return index + 1L;
  }

  private static int end(StoredKey stored) {
    return stored.valueAt() + stored.valueSize();
  }
}
