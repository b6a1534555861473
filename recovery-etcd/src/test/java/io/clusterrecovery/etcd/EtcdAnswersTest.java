package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.EtcdCallException.Kind;
import io.etcd.jetcd.common.exception.EtcdExceptionFactory;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdAnswersTest {
  private static final URI ENDPOINT = URI.create("https://a:2379");

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, io exception, NO_ANSWER",
    "UNAVAILABLE, etcdserver: unhealthy cluster, REFUSED",
    "UNAVAILABLE, etcdserver: request timed out, REFUSED",
    "DEADLINE_EXCEEDED, deadline exceeded after 5s, NO_ANSWER",
    "CANCELLED, channel is shut down, NO_ANSWER",
    "UNAUTHENTICATED, etcdserver: invalid auth token, ACCESS_DENIED",
    "PERMISSION_DENIED, etcdserver: permission denied, ACCESS_DENIED",
    "FAILED_PRECONDITION, etcdserver: can only promote a learner member which is in sync, REFUSED",
    "UNIMPLEMENTED, unknown service, REFUSED"
  })
  void failure_byStatusAndWords_isOfThatKind(Status.Code code, String words, Kind kind) {
    Exception plain = code.toStatus().withDescription(words).asRuntimeException();

    for (Throwable cause : new Throwable[] {plain, EtcdExceptionFactory.toEtcdException(plain)}) {
      EtcdCallException failure =
          EtcdAnswers.failure(ENDPOINT, "member list", new ExecutionException(cause));
      assertThat(failure.kind()).as(cause.toString()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining("member list at https://a:2379: ");
      assertThat(failure.says(words)).isTrue();
    }
  }

  @Test
  void failure_certificateNotTrusted_isAccessDenied() {
    Exception handshake =
        Status.UNAVAILABLE
            .withDescription("io exception")
            .withCause(new SSLHandshakeException("no trusted certificate"))
            .asRuntimeException();

    EtcdCallException failure =
        EtcdAnswers.failure(ENDPOINT, "status", new ExecutionException(handshake));

    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("no trusted certificate");
  }

  @Test
  void failure_connectionCutOffInTheHandshake_isNoAnswer() {
    SSLException writing =
        new SSLException("failure when writing TLS control frames", new ClosedChannelException());
    SSLException closed =
        new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress");
    SSLException reset = new SSLException("handshake", new IOException("Connection reset by peer"));

    for (SSLException cause : new SSLException[] {writing, closed, reset}) {
      Exception cut = Status.UNAVAILABLE.withCause(cause).asRuntimeException();
      assertThat(EtcdAnswers.failure(ENDPOINT, "status", new ExecutionException(cut)).kind())
          .as(cause.toString())
          .isEqualTo(Kind.NO_ANSWER);
    }
  }
}
