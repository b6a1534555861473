package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.ssh.HostTrust.Verdict;
import io.clusterrecovery.ssh.TrustedKeys.Shown;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why the key of a host was not accepted. */
final class BadHostKey {
  private static final String FIND_OUT =
      "Find out which machine answers there; do not go on before.";

  private BadHostKey() {}

  static RefusedException of(
      TrustedKeys keys, SshSettings settings, Failures failures, @Nullable Throwable cause) {
    Set<Verdict> verdicts =
        keys.rejected().stream().map(Shown::verdict).collect(Collectors.toSet());
    String shown =
        keys.rejected().stream()
            .map(s -> "%s (%s)".formatted(s.key().fingerprint(), s.key().type()))
            .collect(Collectors.joining(" and "));
    if (verdicts.contains(Verdict.REVOKED)) {
      return revoked("the key %s it shows".formatted(shown), settings, failures, cause);
    }
    return verdicts.contains(Verdict.CHANGED)
        ? changed(shown, keys.trust().expected(), failures, cause)
        : unknown(shown, settings, failures, cause);
  }

  static RefusedException revoked(
      String key, SshSettings settings, Failures failures, @Nullable Throwable cause) {
    return failures.refused(
        Code.HOST_KEY_REVOKED,
        "%s is marked as revoked in %s.".formatted(key, settings.trust().places()),
        FIND_OUT,
        cause);
  }

  static RefusedException certificate(
      String said, SshSettings settings, Failures failures, @Nullable Throwable cause) {
    return failures.refused(
        Code.HOST_CERTIFICATE_REJECTED,
        "its host certificate is not accepted (%s).".formatted(said),
        "Have a certificate issued for it by an authority that is in %s, or trust its key by its fingerprint."
            .formatted(settings.trust().places()),
        cause);
  }

  private static RefusedException changed(
      String shown, String expected, Failures failures, @Nullable Throwable cause) {
    return failures.refused(
        Code.HOST_KEY_CHANGED,
        "it shows the key %s, %s.".formatted(shown, expected),
        "Find out which machine answers there. If the host was lost and made anew, compare the"
            + " fingerprint with its console and name it with rebuilt(\"SHA256:…\").",
        cause);
  }

  private static RefusedException unknown(
      String shown, SshSettings settings, Failures failures, @Nullable Throwable cause) {
    return failures.refused(
        Code.HOST_KEY_UNKNOWN,
        "its key %s is not in %s.".formatted(shown, settings.trust().places()),
        "Compare that fingerprint with the host's console, then add the key there, or name it with"
            + " hostKey(\"SHA256:…\").",
        cause);
  }
}
