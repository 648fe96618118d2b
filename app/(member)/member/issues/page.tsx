export { default, metadata } from '#app/(reader)/issues/page.tsx';
