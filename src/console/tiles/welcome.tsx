/** The first page of a repository that declares nothing yet, for somebody who has never seen sealring. */
export function Welcome() {
  return (
    <div class="card welcome">
      <p>
        A credential is one account at one service, such as your Oura Ring or your Strava. You allow it once,
        and sealring keeps its access token fresh from then on, in this repository’s GitHub secrets. No
        server, and no password in a file.
      </p>
      <ol>
        <li>
          <strong>Add a credential.</strong> Choose the service, and paste the client id and client secret
          that it gives you. The service’s page here says where to get them.
        </li>
        <li>
          <strong>Save it.</strong> What is public becomes a small file in this repository. The client secret
          goes to GitHub, sealed, and nowhere else.
        </li>
        <li>
          <strong>Press “Authorize”.</strong> The service asks you whether you allow it. After that the
          workflow does the rest, once the plan is applied and everything is pushed.
        </li>
      </ol>
      <p class="actions">
        <a class="button main" href="/add" data-overlay>
          Add your first credential
        </a>
        <a class="button" href="/plan">
          What GitHub still needs
        </a>
      </p>
    </div>
  );
}
