package io.clusterrecovery.k8s;

import io.clusterrecovery.k8s.KubeletLook.Running;
import io.clusterrecovery.k8s.KubeletLook.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The look at a host: for how long its kubelet has been running, and which keys it has on disk.
 *
 * <p>Ages are by the host's monotonic clock, so that it does not matter how its wall clock goes. Of
 * a key only the digest of its public half leaves the host.
 */
final class KubeletScript {
  static final String TEXT =
      """
      tick=$(getconf CLK_TCK 2>/dev/null || echo 100)
      for dir in /proc/[0-9]*; do
        [ "$(cat "$dir/comm" 2>/dev/null)" = kubelet ] || continue
        stat=$(cat "$dir/stat" 2>/dev/null) || continue
        set -- ${stat##*) }
        read -r up idle </proc/uptime
        echo "kubelet ${20} $tick $up"
      done
      cd /var/lib/kubelet/pki 2>/dev/null || exit 0
      for file in kubelet-client-current.pem kubelet-server-current.pem kubelet-client.key.tmp; do
        [ -e "$file" ] || continue
        digest=$(openssl pkey -in "$file" -pubout -outform DER 2>/dev/null | sha256sum)
        echo "key $file $digest"
      done
      """;

  private static final int DIGEST_CHARACTERS = 32;

  /** The digest of nothing: the host could not read the key. */
  private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb924";

  private KubeletScript() {}

  /**
   * {@return what the look has found}
   *
   * @param before a time before the look, by the API server's clock
   */
  static KubeletLook read(String out, Instant before) {
    List<Duration> ages = new ArrayList<>();
    Map<String, String> keys = new HashMap<>();
    for (String line : out.lines().toList()) {
      String[] words = line.split(" ");
      if (words.length == 4 && words[0].equals("kubelet")) {
        ages.add(age(words));
      } else if (words.length > 2 && words[0].equals("key") && !words[2].startsWith(NOTHING)) {
        keys.put(words[1], words[2].substring(0, Math.min(DIGEST_CHARACTERS, words[2].length())));
      }
    }
    if (ages.size() != 1) {
      return new Unknown(
          ages.isEmpty() ? "no kubelet runs on its host" : "several kubelets run on its host");
    }
    return new Running(before.minus(ages.get(0)), keys);
  }

  private static Duration age(String[] words) {
    double started = Double.parseDouble(words[1]) / Double.parseDouble(words[2]);
    return Duration.ofMillis(Math.round((Double.parseDouble(words[3]) - started) * 1000));
  }
}
