package io.clusterrecovery.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchHostKeyException;
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

  /** How the library begins to say what is wrong with a host's certificate. */
  private static final String CERTIFICATE_REFUSED = "rejected HostKey";

  private ConnectFailure() {}

  /** {@return whether the host might show another key that is the right one} */
  static boolean isOfKey(RefusedException refused, Proof proof) {
    return !proof.host().rejected().isEmpty()
        || refused.getCause() instanceof JSchAlgoNegoFailException;
  }

  static RefusedException of(
      @Nullable Throwable cause, Proof proof, SshSettings settings, Failures failures) {
    if (!proof.host().rejected().isEmpty()) {
      return BadHostKey.of(proof.host(), settings, failures, cause);
    }
    String said = said(cause);
    if (cause instanceof JSchRevokedHostKeyException) {
      return BadHostKey.revoked("a key of the certificate it shows", settings, failures, cause);
    }
    if (cause instanceof JSchHostKeyException || said.startsWith(CERTIFICATE_REFUSED)) {
      return BadHostKey.certificate(said, settings, failures, cause);
    }
    if (DENIED.stream().anyMatch(said.toLowerCase(Locale.ROOT)::contains)) {
      return failures.refused(
          Code.HOST_ACCESS_DENIED,
          "it does not accept user %s with the key %s (%s)."
              .formatted(settings.user(), proof.login().names(), said),
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
        "cannot be reached at port " + settings.port() + way(settings) + ": " + said,
        failures,
        cause);
  }

  static RefusedException noAnswer(SshSettings settings, Failures failures, Throwable cause) {
    String found =
        "no SSH connection at port %d%s within %.1f s"
            .formatted(
                settings.port(), way(settings), settings.connectLimit().toMillis() / 1_000.0);
    return unreachable(found, failures, cause);
  }

  private static String way(SshSettings settings) {
    SshSettings via = settings.via();
    return via == null ? "" : " through " + via.address();
  }

  private static RefusedException unreachable(
      String found, Failures failures, @Nullable Throwable cause) {
    return failures.refused(
        Code.HOST_UNREACHABLE,
        found + ".",
        "Check that the host is up, its address, and the firewall between.",
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
