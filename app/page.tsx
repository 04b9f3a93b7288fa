/** The first page: what this is, and where the interface for programs is described. */
export const dynamic = 'force-dynamic';

export default function FirstPage() {
  return (
    <main>
      <h1>Parcours</h1>
      <p>
        The API is described at <a href="/api/v1/docs">/api/v1/docs</a>.
      </p>
    </main>
  );
}
