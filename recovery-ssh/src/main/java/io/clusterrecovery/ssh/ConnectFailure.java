package io.clusterrecovery.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.EOFException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a connection was not made. */
final class ConnectFailure {
  /** What the library says when a server turns the user or the key down. */
  private static final List<String> DENIED =
      List.of("auth fail", "auth cancel", "too many authentication failures");

  private ConnectFailure() {}

  static RefusedException of(
      @Nullable Throwable cause, TrustedKeys keys, SshSettings settings, Failures failures) {
    TrustedKeys.Shown shown = keys.rejected();
    if (shown != null) {
      return badKey(shown, settings, failures, cause);
    }
    String said = said(cause);
    if (cause instanceof JSchRevokedHostKeyException) {
      return failures.refused(
          Code.HOST_KEY_CHANGED,
          "the key it shows is marked as revoked in " + settings.knownHosts() + ".",
          "Find out which machine answers there; do not go on before.",
          cause);
    }
    if (DENIED.stream().anyMatch(said.toLowerCase(Locale.ROOT)::contains)) {
      return failures.refused(
          Code.HOST_ACCESS_DENIED,
          "it does not accept user %s with the key %s (%s)."
              .formatted(settings.user(), settings.identity(), said),
          "Put the public key into that user's authorized_keys, or name another user or key.",
          cause);
    }
    if (cause instanceof JSchAlgoNegoFailException) {
      return failures.refused(
          Code.HOST_UNREACHABLE,
          "it shares no modern algorithm with this client (" + said + ").",
          "Update its SSH server, or enable a current algorithm there.",
          cause);
    }
    return unreachable(
        "cannot be reached at port " + settings.port() + ": " + said, failures, cause);
  }

  static RefusedException noAnswer(SshSettings settings, Failures failures, Throwable cause) {
    String found =
        "no SSH connection at port %d within %.1f s"
            .formatted(settings.port(), settings.connectLimit().toMillis() / 1_000.0);
    return unreachable(found, failures, cause);
  }

  private static RefusedException unreachable(
      String found, Failures failures, @Nullable Throwable cause) {
    return failures.refused(
        Code.HOST_UNREACHABLE,
        found + ".",
        "Check that the host is up, its address, and the firewall between.",
        cause);
  }

  private static RefusedException badKey(
      TrustedKeys.Shown shown, SshSettings settings, Failures failures, @Nullable Throwable cause) {
    if (shown.known().isEmpty()) {
      return failures.refused(
          Code.HOST_KEY_UNKNOWN,
          "its key %s is not in %s.".formatted(shown.fingerprint(), settings.knownHosts()),
          "Compare that fingerprint with the host's console, then add the key as "
              + shown.name()
              + ".",
          cause);
    }
    return failures.refused(
        Code.HOST_KEY_CHANGED,
        "it shows the key %s, known is %s."
            .formatted(shown.fingerprint(), String.join(" and ", shown.known())),
        "Find out which machine answers there. If the host was made anew, compare the fingerprint"
            + " with its console and replace the entry in "
            + settings.knownHosts()
            + ".",
        cause);
  }

  private static String said(@Nullable Throwable failure) {
    Throwable deepest = failure;
    while (deepest != null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest == null || deepest instanceof EOFException || deepest.getMessage() == null) {
      return "the connection was closed";
    }
    return deepest.getMessage();
  }
}
